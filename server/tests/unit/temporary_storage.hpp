#pragma once

/// A SQLite storage in a folder of its own, and ids that are easy to tell apart.

#include "seen/server/sqlite_storage.hpp"

#include <sodium.h>

#include <filesystem>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

namespace seen::server::test {

struct TemporaryStorage {
    TemporaryStorage() {
        std::string name = (std::filesystem::temp_directory_path() / "seen-unit-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder = name;
        storage = open(SqliteUse::Write);
    }
    ~TemporaryStorage() {
        storage.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    TemporaryStorage(const TemporaryStorage&) = delete;
    TemporaryStorage& operator=(const TemporaryStorage&) = delete;
    [[nodiscard]] std::unique_ptr<Storage> open(SqliteUse use) const {
        auto opened = open_sqlite((folder / "seen.sqlite").string(), use);
        if (!opened) throw std::runtime_error(opened.error());
        return std::move(*opened);
    }
    std::filesystem::path folder;
    std::unique_ptr<Storage> storage;
};

template <class AnyId>
constexpr AnyId some_id(std::uint8_t number) {
    AnyId id;
    id.bytes.fill(number);
    return id;
}

inline Epoch some_epoch() {
    Epoch epoch;
    epoch.n = 1;
    epoch.device = some_id<DeviceId>(9);
    epoch.heads = {{AccountId{Fixed<16>{1}}, Hash{5}}, {AccountId{Fixed<16>{2}}, Hash{6}}};
    epoch.sealed = {{Fixed<16>{1}, Bytes(80, 7)}, {Fixed<16>{2}, Bytes(80, 8)}};
    return epoch;
}

inline constexpr AccountId anna = some_id<AccountId>(1);
inline constexpr AccountId ben = some_id<AccountId>(2);
inline constexpr SpaceId shared = some_id<SpaceId>(3);
inline constexpr HoldId hold = some_id<HoldId>(4);

inline void add_couple(Storage& storage) {
    storage.add_account(anna, {}, 1);
    storage.add_account(ben, {}, 1);
    storage.add_space(shared, SpaceKind::Shared, {anna, ben}, some_epoch());
}

inline NewRecord asked(std::uint8_t number, std::optional<HoldId> under = std::nullopt) {
    NewRecord record;
    record.id = some_id<RecordId>(number);
    record.device = some_id<DeviceId>(number);
    record.epoch = 1;
    record.kind = under ? RecordClass::Held : RecordClass::Durable;
    record.hold = under;
    record.sealed = Bytes(4136, number);
    return record;
}

}  // namespace seen::server::test
