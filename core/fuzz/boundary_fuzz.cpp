/// libFuzzer over the whole boundary: each line of the input is one call to the same journal.
/// Every call must have an answer that is JSON in UTF-8; anything else stops the run.
///     cmake -S . -B build/fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++-22 -DSEEN_FUZZ=ON
///     build/fuzz/core/fuzz/boundary_fuzz core/fuzz/corpus/boundary -max_total_time=60

#include "seen/boundary/boundary.hpp"
#include "seen/core/text/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view left(reinterpret_cast<const char*>(data), size);
    seen::boundary::Boundary boundary;
    while (!left.empty()) {
        const std::size_t end = left.find('\n');
        const std::string answer = boundary.call(left.substr(0, end));
        if (!seen::core::is_valid_utf8(answer)) std::abort();
        if (!seen::core::Json::accept(answer)) std::abort();
        if (end == std::string_view::npos) break;
        left.remove_prefix(end + 1);
    }
    return 0;
}
