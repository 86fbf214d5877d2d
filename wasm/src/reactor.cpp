/// What core.wasm exports: room for a call, and the call. See wasm/boundary.md.

#include "seen/boundary/boundary.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

/// Where an answer begins and how long it is, as two little-endian u32 (wasm32 is little-endian).
struct Place {
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
};

struct Reactor {
    seen::boundary::Boundary boundary;
    std::string input;
    std::string answer;
    Place place;
};

Reactor& reactor() {
    static Reactor instance;
    return instance;
}

}  // namespace

extern "C" {

[[clang::export_name("seen_input")]] char* seen_input(std::uint32_t bytes) {
    Reactor& self = reactor();
    self.input.assign(bytes, '\0');
    return self.input.data();
}

/// `bytes` beyond what seen_input made room for are not read.
[[clang::export_name("seen_call")]] const Place* seen_call(std::uint32_t bytes) {
    Reactor& self = reactor();
    self.answer = self.boundary.call(std::string_view(self.input).substr(0, bytes));
    self.place = {static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(self.answer.data())),
                  static_cast<std::uint32_t>(self.answer.size())};
    return &self.place;
}

}  // extern "C"
