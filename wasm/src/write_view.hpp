#pragma once
/// Views as JSON, field by field as wasm/boundary.md has them. What is not there is null.

#include "seen/core/journal/views.hpp"

namespace seen::boundary {

[[nodiscard]] core::Json write(const core::MeView& view);
[[nodiscard]] core::Json write(const core::ExchangeView& view);
[[nodiscard]] core::Json write(const core::AgreementView& view);
[[nodiscard]] core::Json write(const core::DevicesView& view);
[[nodiscard]] core::Json write(const core::TodayView& view);
[[nodiscard]] core::Json write(const core::OpenedView& view);
[[nodiscard]] core::Json write(const core::NoteView& view);

/// Nothing is null.
template <typename View>
[[nodiscard]] core::Json write(const std::optional<View>& view) {
    return view ? write(*view) : core::Json();
}

template <typename Item>
[[nodiscard]] core::Json write(const core::Page<Item>& page) {
    core::Json items = core::Json::array();
    for (const Item& item : page.items) items.push_back(write(item));
    return {{"items", std::move(items)}, {"more", page.more}};
}

}  // namespace seen::boundary
