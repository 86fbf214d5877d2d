/// spec/vectors/records.json: sealed to the same bytes, and every refusal of opening by its name.
#include "seen/vault/record.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

namespace seen::vault::tests {

namespace {

BodyFrame frame_of(const Json& body) {
    BodyFrame frame;
    frame.at = body["at"].get<std::int64_t>();
    if (body["seen"].is_object())
        frame.seen = LastSeen{.seq = body["seen"]["seq"].get<std::uint64_t>(),
                              .hash = fixed_of<32>(body["seen"]["hash"])};
    if (body["head"].is_string()) frame.head = fixed_of<32>(body["head"]);
    return frame;
}

Key author_of(const Json& one) {
    return author_key(secret_of<32>(vectors("records")["room_key"]),
                      fixed_of<16>(one["head"]["space"]));
}

/// The event as the vectors have it: with the fields in the order in which they were written.
std::string event_text(const Json& event) {
    OrderedJson ordered = {{"v", event["v"]}, {"type", event["type"]}};
    for (const auto& [name, value] : event.items())
        if (!ordered.contains(name)) ordered[name] = value;
    return ordered.dump();
}

}  // namespace

TEST(RecordVectors, a_record_is_sealed_to_the_same_bytes_and_opens_again) {
    for (const auto& one : vectors("records")["cases"]) {
        SCOPED_TRACE(one["name"]);
        const auto head = read_record_head(one["head"]).value();
        const auto epoch = secret_of<32>(one["epoch_key"]);
        const auto author = author_of(one);
        EXPECT_EQ(base64url(record_aad(head)), one["aad"]);
        const auto sealed =
            seal_record(head, event_text(one["body"]["event"]), frame_of(one["body"]), epoch,
                        author, giving(bytes_of(one["nonce"])))
                .value();
        EXPECT_TRUE(base64url(sealed) == one["sealed"]);
        EXPECT_EQ(base64url(record_hash(head, sealed)), one["hash"]);
        const auto opened = open_record(head, sealed, epoch, &author);
        ASSERT_TRUE(opened.has_value());
        EXPECT_EQ(opened->event, one["body"]["event"]);
        EXPECT_EQ(opened->frame, frame_of(one["body"]));
    }
}

TEST(RecordVectors, every_refused_record_is_refused_by_its_name) {
    for (const auto& one : vectors("records")["refused"]) {
        const auto head = read_record_head(one["head"]).value();
        const auto author = secret_of<32>(one["author_key"]);
        const auto opened =
            open_record(head, bytes_of(one["sealed"]), secret_of<32>(one["epoch_key"]), &author);
        ASSERT_FALSE(opened.has_value()) << one["name"];
        EXPECT_EQ(name_of(opened.error()), one["refusal"].get<std::string>()) << one["name"];
    }
}

TEST(RecordVectors, the_tag_of_the_other_is_for_the_other_alone) {
    const auto& one = vectors("records")["by_the_other"];
    const auto head = read_record_head(one["head"]).value();
    const auto epoch = secret_of<32>(one["epoch_key"]);
    const auto sealed = bytes_of(one["sealed"]);
    EXPECT_EQ(open_record(head, sealed, epoch, nullptr).value().event, one["body"]["event"]);
    const auto mine = author_of(one);
    EXPECT_EQ(open_record(head, sealed, epoch, &mine).error(), Fault::NotMine);
}

}  // namespace seen::vault::tests
