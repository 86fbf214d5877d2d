/// An archive of the web app, damaged in any way: it opens or says that it is damaged, and whatever
/// it then gives out lies inside it.
///     build/fuzz/server/fuzz/archive_fuzz server/fuzz/corpus/archive -max_total_time=60

#include "law.hpp"
#include "seen/server/asset_archive.hpp"

namespace {

using Whole = std::span<const unsigned char>;

void lies_inside(Whole piece, Whole whole) {
    seen::server::fuzz::need(
        piece.empty() || (piece.data() >= whole.data() &&
                          piece.data() + piece.size() <= whole.data() + whole.size()),
        "a piece lies inside");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Whole bytes(data, size);
    const auto archive = seen::server::AssetArchive::open(bytes);
    if (!archive) return 0;
    for (const auto& [path, asset] : archive->all()) {
        lies_inside(asset.plain, bytes);
        if (asset.gzip) lies_inside(*asset.gzip, bytes);
        seen::server::fuzz::need(archive->find(path) == &asset, "what is in it is found");
    }
    return 0;
}
