#pragma once

/// A person with real keys on one device, as the server meets them. Nothing here shares code with
/// the server: the formats are written down a second time, from spec/envelope.md.

#include "support/follow_client.hpp"
#include "support/running_server.hpp"

#include <cstdint>
#include <memory>

namespace seen::test {

using Raw = std::vector<unsigned char>;

[[nodiscard]] std::string text_of(const Raw& bytes);  ///< base64url
[[nodiscard]] Raw random_bytes(std::size_t count);
[[nodiscard]] std::string random_id();
[[nodiscard]] Raw enc(const std::vector<Raw>& parts);
[[nodiscard]] Raw raw(std::string_view text);
[[nodiscard]] Raw u64(std::uint64_t value);

struct SigningPair {
    Raw public_key;
    Raw secret_key;
    SigningPair();
    [[nodiscard]] Raw sign(const Raw& message) const;
};

struct Device {
    SigningPair sign;
    Raw box = random_bytes(32);
    [[nodiscard]] Raw id() const;
};

class Person {
  public:
    explicit Person(const Reachable& server);

    /// Registers and signs in; a test that wants less calls the parts.
    static Person arrived(const Reachable& server);

    [[nodiscard]] nlohmann::json account_request() const;
    [[nodiscard]] Reply register_account() const;
    void sign_in();
    /// `by_root`: signs with the root and leaves the device out.
    [[nodiscard]] nlohmann::json sign_in_request(const nlohmann::json& challenge,
                                                 const std::string& origin,
                                                 bool by_root = false) const;
    /// Somebody with the same root and list on another device, not signed in.
    [[nodiscard]] Person on(const Device& device) const;
    /// The same with another room.
    [[nodiscard]] Person living_in(const std::string& room) const;
    /// The same with the root's token.
    [[nodiscard]] Person by_root() const;

    /// Signed by the root unless `by` is given.
    [[nodiscard]] nlohmann::json entry(const Device& device, std::uint64_t n,
                                       const nlohmann::json& prev,
                                       const std::string& kind = "added",
                                       const Device* by = nullptr) const;
    /// What would come next on the list.
    [[nodiscard]] nlohmann::json next_entry(const Device& device, const std::string& kind = "added",
                                            const Device* by = nullptr) const;
    [[nodiscard]] Raw hash_of(const nlohmann::json& entry) const;
    /// The device list as this person knows it; copies of a person share it.
    [[nodiscard]] std::vector<nlohmann::json>& list() const { return *list_; }
    [[nodiscard]] Raw head() const { return hash_of(list_->back()); }
    [[nodiscard]] std::vector<Raw> live() const;
    /// Epoch n with the lists as these members know them, by this one's device; the root is among
    /// the recipients in one's own room.
    [[nodiscard]] nlohmann::json epoch(const std::string& space, std::uint64_t n,
                                       const std::vector<const Person*>& members) const;

    [[nodiscard]] Reply get(const std::string& path) const;
    [[nodiscard]] Reply post(const std::string& path, const nlohmann::json& body) const;
    [[nodiscard]] Reply remove(const std::string& path, const std::string& body = {}) const;

    /// A durable record of 1,064 random bytes; change what you like.
    [[nodiscard]] nlohmann::json durable() const;
    [[nodiscard]] nlohmann::json held(const std::string& hold) const;
    [[nodiscard]] Reply append(const std::string& space, const nlohmann::json& record) const;
    [[nodiscard]] Reply page(const std::string& space, std::uint64_t after = 0) const;
    [[nodiscard]] FollowClient follow(const std::string& space, std::uint64_t after = 0) const;

    [[nodiscard]] std::string account() const { return text_of(account_); }
    [[nodiscard]] const Raw& account_bytes() const { return account_; }
    [[nodiscard]] const std::string& room() const { return room_; }
    [[nodiscard]] const Device& device() const { return device_; }
    std::string token;

  private:
    const Reachable* server_;
    SigningPair root_;
    Raw root_box_ = random_bytes(32);
    Device device_;
    Raw account_;
    std::string room_ = random_id();
    std::shared_ptr<std::vector<nlohmann::json>> list_ =
        std::make_shared<std::vector<nlohmann::json>>();
};

/// Two who have been through the whole invitation.
struct Couple {
    explicit Couple(const Reachable& server);
    /// By anna's device, with the lists as both are now.
    void begin_epoch(std::uint64_t n) const;
    Person anna;  ///< The inviter, the first member.
    Person ben;
    std::string space;
};

}  // namespace seen::test
