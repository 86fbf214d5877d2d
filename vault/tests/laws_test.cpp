/// What must hold for all records, lists, epochs and seals; random ones follow from a printed seed.
#include "seen/vault/code.hpp"
#include "seen/vault/device_invitation.hpp"
#include "seen/vault/epoch.hpp"
#include "seen/vault/hash.hpp"
#include "seen/vault/phrase.hpp"
#include "seen/vault/record.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

namespace seen::vault::tests {

namespace {

std::uint64_t seed() {
    const char* given = std::getenv("SEEN_SEED");
    static const std::uint64_t value = given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
    return value;
}

template <std::size_t Size>
Secret<Size> secret_from(const Random& random) {
    Secret<Size> secret;
    random(secret.fill());
    return secret;
}

RecordHead head_from(const Random& random, RecordClass record_class) {
    RecordHead head;
    head.space = draw<16>(random);
    head.account = draw<16>(random);
    head.device = draw<16>(random);
    head.id = draw<16>(random);
    head.record_class = record_class;
    if (record_class == RecordClass::Held) head.hold = draw<16>(random);
    if (record_class == RecordClass::Durable) head.prev = draw<32>(random);
    return head;
}

std::string event_of(std::size_t letters) {
    return R"({"v":1,"type":"note.kept","text":")" + std::string(letters, 'x') + "\"}";
}

/// A person with a phone that the root has let in.
struct Person {
    explicit Person(const Random& random)
        : root(root_of(secret_from<16>(random))), phone(device_of(secret_from<64>(random))) {}

    [[nodiscard]] ClaimedMember claimed(std::vector<DeviceEntry> devices) const {
        return {account_id(root.keys), root.keys, std::move(devices)};
    }
    [[nodiscard]] DeviceList list() const {
        return DeviceList::check(claimed({first_entry(phone.keys, root)})).value();
    }

    KeyPairs root;
    KeyPairs phone;
};

class Laws : public ::testing::Test {
  protected:
    Laws() { std::cout << "SEEN_SEED=" << seed() << '\n'; }
    Random random_ = seeded(seed());
};

}  // namespace

TEST_F(Laws, a_byte_changed_anywhere_in_a_record_is_refused) {
    const auto head = head_from(random_, RecordClass::Durable);
    const auto epoch = secret_from<32>(random_);
    const auto author = secret_from<32>(random_);
    Bytes sealed = seal_record(head, event_of(20), {}, epoch, author, random_).value();
    ASSERT_TRUE(open_record(head, sealed, epoch, &author));
    for (Byte& byte : sealed) {
        byte ^= 0x10U;
        EXPECT_EQ(open_record(head, sealed, epoch, &author).error(), Fault::CannotOpen);
        byte ^= 0x10U;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        EXPECT_FALSE(open_record(head, View(sealed).first(size), epoch, &author));
}

TEST_F(Laws, a_bit_changed_anywhere_outside_of_the_seal_is_refused) {
    const auto head = head_from(random_, RecordClass::Durable);
    const auto epoch = secret_from<32>(random_);
    const auto author = secret_from<32>(random_);
    const Bytes sealed = seal_record(head, event_of(20), {}, epoch, author, random_).value();
    const auto refused = [&](const RecordHead& other) {
        return open_record(other, sealed, epoch, &author).error() == Fault::CannotOpen;
    };
    for (std::size_t at = 0; at < 16; ++at) {
        for (const auto field :
             {&RecordHead::space, &RecordHead::account, &RecordHead::device, &RecordHead::id}) {
            RecordHead other = head;
            (other.*field)[at] ^= 1U;
            EXPECT_TRUE(refused(other));
        }
    }
    RecordHead other = head;
    other.prev.reset();
    EXPECT_TRUE(refused(other));
    other = head;
    other.epoch = 2;
    EXPECT_TRUE(refused(other));
}

TEST_F(Laws, a_tag_made_by_the_partner_is_not_mine) {
    const auto epoch = secret_from<32>(random_);
    const auto mine = secret_from<32>(random_);
    const auto theirs = secret_from<32>(random_);
    for (int round = 0; round < 50; ++round) {
        const auto head = head_from(random_, RecordClass::Durable);
        const auto sealed = seal_record(head, event_of(3), {}, epoch, theirs, random_).value();
        EXPECT_EQ(open_record(head, sealed, epoch, &mine).error(), Fault::NotMine);
        EXPECT_TRUE(open_record(head, sealed, epoch, nullptr));
    }
}

TEST_F(Laws, a_sealed_length_says_its_class_and_nothing_else) {
    const auto epoch = secret_from<32>(random_);
    const auto author = secret_from<32>(random_);
    std::set<std::size_t> durable;
    std::set<std::size_t> held;
    for (std::size_t letters = 0; letters < 12000; letters += 97) {
        const auto sealed_size = [&](RecordClass record_class) {
            const auto head = head_from(random_, record_class);
            return seal_record(head, event_of(letters), {}, epoch, author, random_)->size();
        };
        durable.insert(sealed_size(RecordClass::Durable));
        held.insert(sealed_size(RecordClass::Held));
    }
    EXPECT_EQ(durable, (std::set<std::size_t>{1024 + 40, 4096 + 40, 16384 + 40}));
    EXPECT_EQ(held, (std::set<std::size_t>{4096 + 40, 16384 + 40}));
}

TEST(Padding, grows_with_the_length_stays_where_it_is_and_costs_an_eighth_at_most) {
    std::size_t before = 0;
    for (std::size_t length = 1; length < 200000; ++length) {
        const auto size = padded_size(length, RecordClass::Durable);
        ASSERT_GE(size, std::max(before, length));
        ASSERT_TRUE(is_size_class(size, RecordClass::Durable));
        if (length > 16384) {
            ASSERT_LE(static_cast<double>(size) / static_cast<double>(length), 1.125);
        }
        before = size;
    }
    EXPECT_FALSE(is_size_class(0, RecordClass::Durable));
    EXPECT_FALSE(is_size_class(1024, RecordClass::Held));
}

TEST_F(Laws, a_byte_changed_anywhere_in_an_entry_is_refused) {
    const Person ines(random_);
    const auto tablet = device_of(secret_from<64>(random_));
    const auto entry = ines.list().next_by_device(tablet.keys, ines.phone);
    const auto checked = [&](const DeviceEntry& second) {
        return DeviceList::check(ines.claimed({ines.list().entries().front(), second}));
    };
    ASSERT_TRUE(checked(entry));
    for (std::size_t at = 0; at < 64; ++at) {
        auto changed = entry;
        changed.signature[at] ^= 1U;
        EXPECT_FALSE(checked(changed));
        changed = entry;
        (at < 32 ? changed.device.sign[at] : changed.device.box[at - 32]) ^= 1U;
        EXPECT_FALSE(checked(changed));
        changed = entry;
        at < 32 ? (*changed.prev)[at] ^= 1U : (*changed.by)[at % 16] ^= 1U;
        EXPECT_FALSE(checked(changed));
    }
}

TEST_F(Laws, an_epoch_is_sealed_to_whom_it_should_and_a_changed_byte_is_refused) {
    const Person ines(random_);
    const Person jonas(random_);
    const std::vector<DeviceList> present{ines.list(), jonas.list()};
    const EpochPlace place{.space = draw<16>(random_),
                           .kind = SpaceKind::Shared,
                           .present = present,
                           .before = nullptr};
    const auto key = secret_from<32>(random_);
    const auto epoch = make_epoch(place, key, jonas.phone, random_).value();
    ASSERT_TRUE(check_epoch(epoch, place));
    EXPECT_TRUE(open_epoch(epoch, device_id(ines.phone.keys), ines.phone).value() == key);
    EXPECT_FALSE(open_epoch(epoch, account_id(ines.root.keys), ines.root));
    for (std::size_t at = 0; at < 80; ++at) {
        auto changed = epoch;
        changed.sealed.front().box[at] ^= 1U;
        EXPECT_EQ(check_epoch(changed, place).error(), Fault::BadSignature);
        changed = epoch;
        changed.signature[at % 64] ^= 1U;
        EXPECT_EQ(check_epoch(changed, place).error(), Fault::BadSignature);
    }
    auto elsewhere = place;
    elsewhere.space.front() ^= 1U;
    EXPECT_EQ(check_epoch(epoch, elsewhere).error(), Fault::BadSignature);
}

TEST_F(Laws, whoever_swaps_a_key_in_an_invitation_is_shown_other_words) {
    const Person ines(random_);
    const Person jonas(random_);
    const Person between(random_);
    const auto inviter = draw<32>(random_);
    const auto invitee = draw<32>(random_);
    const auto seen_by = [&](const Person& left, const Person& right) {
        return four_words(transcript_of(left.root.keys, right.root.keys, inviter, invitee));
    };
    EXPECT_EQ(seen_by(ines, jonas), seen_by(ines, jonas));
    EXPECT_NE(seen_by(ines, between), seen_by(between, jonas));
    EXPECT_FALSE(commit_holds(commit_to(inviter), invitee));
}

TEST_F(Laws, an_invitation_opens_with_its_secret_alone_and_each_seal_in_its_own_place) {
    const auto secret = secret_from<16>(random_);
    const auto other = secret_from<16>(random_);
    const Bytes sealed = invite_seal(secret, InviteSeal::Blob, Bytes(32, 7), random_);
    EXPECT_TRUE(invite_open(secret, InviteSeal::Blob, sealed));
    EXPECT_FALSE(invite_open(secret, InviteSeal::Reveal, sealed));
    EXPECT_FALSE(invite_open(other, InviteSeal::Blob, sealed));
}

TEST_F(Laws, a_code_of_one_server_opens_nothing_at_another) {
    const auto code = draw_code(random_);
    const auto secret = secret_from<16>(random_);
    const auto here = code_key(code, "https://here.example").value();
    const auto there = code_key(code, "https://there.example").value();
    const Bytes sealed = seal_code(code, here, secret, random_);
    EXPECT_TRUE(open_code(code, here, sealed).value() == secret);
    EXPECT_EQ(open_code(code, there, sealed).error(), Fault::CannotOpen);
}

TEST_F(Laws, every_phrase_reads_back_and_a_wrong_word_is_named) {
    for (int round = 0; round < 200; ++round) {
        const auto entropy = secret_from<16>(random_);
        std::string phrase;
        for (const auto word : words_of(entropy)) phrase.append(word).append(" ");
        EXPECT_TRUE(entropy_of(phrase).value() == entropy);
        EXPECT_EQ(entropy_of(phrase + "zoo").error(), Fault::WrongPhrase);
        EXPECT_EQ(entropy_of(phrase + "zzz").error(), Fault::UnknownWord);
    }
    EXPECT_EQ(entropy_of("").error(), Fault::WrongPhrase);
    EXPECT_EQ(words_of(Entropy()).back(), "about");
}

TEST(Json, what_is_no_json_or_too_deep_is_nothing) {
    EXPECT_FALSE(parse_json(view_of("")));
    EXPECT_FALSE(parse_json(view_of("{")));
    EXPECT_FALSE(parse_json(view_of("\"\xff\"")));
    EXPECT_TRUE(parse_json(view_of(std::string(64, '[') + std::string(64, ']'))));
    EXPECT_FALSE(parse_json(view_of(std::string(65, '[') + std::string(65, ']'))));
    EXPECT_FALSE(parse_json(view_of(std::string(1000000, '['))));
    EXPECT_TRUE(parse_json(view_of("\"" + std::string(1000, '[') + "\"")));
}

TEST(Hashes, two_lists_of_fields_never_give_the_same_bytes) {
    EXPECT_EQ(enc({"ab", "c"}), (Bytes{0, 0, 0, 2, 'a', 'b', 0, 0, 0, 1, 'c'}));
    EXPECT_NE(enc({"ab", "c"}), enc({"a", "bc"}));
    EXPECT_NE(hash("a", {"b"}), hash("a", {"b", ""}));
}

TEST(Faults, every_fault_has_a_name_of_its_own_and_is_read_back_from_it) {
    std::set<std::string_view> names;
#define SEEN_VAULT_FAULT(fault, name)        \
    EXPECT_EQ(name_of(Fault::fault), name);  \
    EXPECT_EQ(fault_of(name), Fault::fault); \
    EXPECT_TRUE(names.insert(name).second) << name;
    SEEN_VAULT_FAULTS(SEEN_VAULT_FAULT)
#undef SEEN_VAULT_FAULT
    EXPECT_EQ(fault_of("nothing"), std::nullopt);
}

}  // namespace seen::vault::tests
