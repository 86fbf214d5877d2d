#pragma once

/// The one way in which a request's JSON becomes typed values: total, and it never throws.
///
/// Reading a field that is missing or of the wrong shape gives an empty value and makes ok() false
/// for good; the caller reads everything and asks once. Unknown fields are ignored. Worked: {"n":1}
/// → u64("n") is 1; {"n":-1} or {"n":"1"} or
/// {} → 0 and not ok. `null` and absent are the same where a field may be absent.

#include "seen/server/bytes.hpp"

#include <nlohmann/json.hpp>

namespace seen::server {

class Fields {
  public:
    /// Nothing when the text is not JSON or not an object.
    [[nodiscard]] static std::optional<nlohmann::json> object(std::string_view text);

    explicit Fields(const nlohmann::json& json) : json_(json), ok_(json.is_object()) {}

    [[nodiscard]] bool ok() const { return ok_; }
    void fail() { ok_ = false; }
    /// Whether the field is there and not null.
    [[nodiscard]] bool has(const char* name) const;

    std::uint64_t u64(const char* name);
    std::int64_t i64(const char* name);
    std::string text(const char* name, std::size_t most);
    /// Between 1 and `most` bytes.
    Bytes bytes(const char* name, std::size_t most);
    template <std::size_t N>
    Fixed<N> fixed(const char* name) {
        const auto value = fixed_from<N>(text(name, N * 2));
        if (!value) ok_ = false;
        return value.value_or(Fixed<N>{});
    }
    template <std::size_t N>
    std::optional<Fixed<N>> fixed_if(const char* name) {
        if (!has(name)) return std::nullopt;
        return fixed<N>(name);
    }
    template <class AnyId>
    AnyId id(const char* name) {
        return AnyId{fixed<16>(name)};
    }
    template <class AnyId>
    std::optional<AnyId> id_if(const char* name) {
        if (!has(name)) return std::nullopt;
        return id<AnyId>(name);
    }
    /// The object or array under a name; null when it is not there.
    [[nodiscard]] const nlohmann::json& child(const char* name);

  private:
    const nlohmann::json& json_;
    bool ok_;
};

}  // namespace seen::server
