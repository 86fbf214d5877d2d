/// Secrets are wiped, and nothing makes a copy of them by accident.
#include "seen/vault/secret.hpp"

#include "seen/vault/json.hpp"
#include "seen/vault/keys.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <new>
#include <type_traits>

namespace {

/// While watched, every block of this size is looked at as it is given back.
struct Watch {
    std::size_t size = 0;
    int given_back = 0;
    int still_full = 0;
};
Watch watch;

void look_at(const void* block, std::size_t size) {
    if (watch.size == 0 || size != watch.size) return;
    ++watch.given_back;
    const auto* bytes = static_cast<const unsigned char*>(block);
    if (std::any_of(bytes, bytes + size, [](unsigned char byte) { return byte != 0; }))
        ++watch.still_full;
}

template <typename Type>
concept Printable = requires(std::ostream& out, const Type& value) { out << value; };

}  // namespace

void* operator new[](std::size_t size) {
    // The size stands in front, so that giving back knows how much to look at.
    auto* block = static_cast<std::size_t*>(std::malloc(size + 2 * sizeof(std::size_t)));
    if (block == nullptr) std::abort();
    *block = size;
    return block + 2;
}

void operator delete[](void* at) noexcept {
    if (at == nullptr) return;
    auto* block = static_cast<std::size_t*>(at) - 2;
    look_at(at, *block);
    std::free(block);
}

void operator delete[](void* at, std::size_t) noexcept {
    operator delete[](at);
}

namespace seen::vault::tests {

TEST(Secrets, nothing_copies_or_prints_a_secret_by_accident) {
    static_assert(!std::is_copy_constructible_v<Key> && !std::is_copy_assignable_v<Key>);
    static_assert(!std::is_copy_constructible_v<SecretBytes>);
    static_assert(!std::is_copy_assignable_v<SecretBytes>);
    static_assert(!Printable<Key> && !Printable<SecretBytes>);
    static_assert(Printable<int>);
    static_assert(!std::is_convertible_v<Key, View> && !std::is_convertible_v<SecretBytes, View>);
    static_assert(!std::is_convertible_v<Key, Bytes> && !std::is_constructible_v<Json, Key>);
    SUCCEED();
}

TEST(Secrets, a_secret_is_zero_where_it_lay_after_its_end) {
    alignas(Key) unsigned char place[sizeof(Key)];
    Fixed<32> full{};
    full.fill(0xab);
    Key* key = new (place) Key(full);
    EXPECT_EQ(std::count(std::begin(place), std::end(place), 0xab), 32);
    key->~Key();
    const volatile unsigned char* after = place;
    int left = 0;
    for (std::size_t at = 0; at < sizeof place; ++at) left += after[at] != 0 ? 1 : 0;
    EXPECT_EQ(left, 0);
}

TEST(Secrets, what_was_moved_from_is_zero) {
    Fixed<32> full{};
    full.fill(0xab);
    Key from(full);
    const Key to(std::move(from));
    EXPECT_TRUE(from == Key());  // NOLINT(bugprone-use-after-move): that is the law
    EXPECT_TRUE(to == Key(full));
    Key over(full);
    over = Key();
    EXPECT_TRUE(over == Key());
}

TEST(Secrets, plaintext_is_zero_when_its_memory_is_given_back) {
    constexpr std::size_t size = 4321;
    watch = {.size = size};
    {
        auto plain = std::make_unique<unsigned char[]>(size);
        plain[7] = 1;
    }
    ASSERT_EQ(watch.still_full, 1) << "the planted leak must be seen";
    watch = {.size = size};
    {
        SecretBytes plain(size);
        std::ranges::fill(plain.fill(), Byte{0xab});
        SecretBytes other(size);
        other = std::move(plain);
    }
    EXPECT_EQ(watch.given_back, 2);
    EXPECT_EQ(watch.still_full, 0);
    watch = {};
}

TEST(Secrets, a_plaintext_that_does_not_open_leaves_nothing_either) {
    constexpr std::size_t size = 1024;
    const Bytes sealed = seal(Key(), {}, Bytes(size, 7), system_random());
    Bytes changed = sealed;
    changed.back() ^= 1U;
    watch = {.size = size};
    EXPECT_TRUE(open_sealed(Key(), {}, sealed));
    EXPECT_FALSE(open_sealed(Key(), {}, changed));
    EXPECT_GE(watch.given_back, 2);
    EXPECT_EQ(watch.still_full, 0);
    watch = {};
}

}  // namespace seen::vault::tests
