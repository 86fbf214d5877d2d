#include "seen/vault/padding.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace seen::vault {

namespace {

constexpr std::array<std::size_t, 3> classes{1024, 4096, 16384};
constexpr std::size_t held_least = 4096;

std::size_t padme(std::size_t length) {
    const auto e = static_cast<std::size_t>(std::bit_width(length)) - 1;
    const auto s = static_cast<std::size_t>(std::bit_width(e));  // ⌊log₂ e⌋ + 1
    const std::size_t step = std::size_t{1} << (e - s);
    return (length + step - 1) / step * step;
}

}  // namespace

std::string_view name_of(RecordClass record_class) {
    switch (record_class) {
        case RecordClass::Durable:
            return "durable";
        case RecordClass::Held:
            return "held";
        case RecordClass::Brief:
            return "brief";
    }
    return "";
}

std::optional<RecordClass> record_class_of(std::string_view name) {
    for (const auto one : {RecordClass::Durable, RecordClass::Held, RecordClass::Brief})
        if (name_of(one) == name) return one;
    return std::nullopt;
}

std::size_t padded_size(std::size_t length, RecordClass record_class) {
    const std::size_t least =
        record_class == RecordClass::Held ? std::max(length, held_least) : length;
    const auto* const fits = std::ranges::lower_bound(classes, least);
    return fits == classes.end() ? padme(least) : *fits;
}

bool is_size_class(std::size_t length, RecordClass record_class) {
    return length > 0 && padded_size(length, record_class) == length;
}

}  // namespace seen::vault
