#pragma once

/// Everybody who is connected now, so that their number stays bounded and a stop can wait for them.

#include <cstddef>
#include <functional>
#include <unordered_set>

namespace seen::server {

class Guest {
  public:
    virtual ~Guest() = default;
    /// The server stops: finish what is being answered and go.
    virtual void asked_to_leave() = 0;
};

class Presence {
  public:
    void enter(Guest* guest) { guests_.insert(guest); }
    void leave(Guest* guest) {
        guests_.erase(guest);
        if (closing_ && guests_.empty() && on_empty_) on_empty_();
    }
    [[nodiscard]] std::size_t count() const { return guests_.size(); }
    [[nodiscard]] bool closing() const { return closing_; }
    /// Asks all to leave; `on_empty` is called when the last has gone, perhaps at once.
    void close(std::function<void()> on_empty) {
        closing_ = true;
        on_empty_ = std::move(on_empty);
        const auto guests = guests_;
        // The order is nobody's concern.
        // NOLINTNEXTLINE(bugprone-nondeterministic-pointer-iteration-order)
        for (Guest* guest : guests) guest->asked_to_leave();
        if (guests_.empty()) on_empty_();
    }

  private:
    std::unordered_set<Guest*> guests_;
    bool closing_ = false;
    std::function<void()> on_empty_;
};

}  // namespace seen::server
