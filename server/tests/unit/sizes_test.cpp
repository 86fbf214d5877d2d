#include "seen/server/record.hpp"

#include <gtest/gtest.h>

namespace seen::server::test {

TEST(Sizes, the_classes_are_those_of_the_envelope) {
    for (const std::size_t plain :
         {1024U, 4096U, 16384U, 17408U, 18432U, 32768U, 34816U, 65536U, 131072U})
        EXPECT_TRUE(is_a_size_class(plain + 40, RecordClass::Durable)) << plain;
    for (const std::size_t plain :
         {0U, 1U, 512U, 1023U, 1025U, 2048U, 8192U, 16385U, 16896U, 33792U})
        EXPECT_FALSE(is_a_size_class(plain + 40, RecordClass::Durable)) << plain;
    for (const std::size_t sealed : {0U, 1U, 39U, 40U})
        EXPECT_FALSE(is_a_size_class(sealed, RecordClass::Durable)) << sealed;
}

TEST(Sizes, a_held_record_is_never_of_the_smallest_class) {
    EXPECT_FALSE(is_a_size_class(1024 + 40, RecordClass::Held));
    EXPECT_TRUE(is_a_size_class(4096 + 40, RecordClass::Held));
}

}  // namespace seen::server::test
