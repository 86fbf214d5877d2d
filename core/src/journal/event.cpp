#include "seen/core/journal/event.hpp"

#include "seen/core/text/limits.hpp"

namespace seen::core {
namespace {

/// An overload set made of lambdas would hide a forgotten act behind a generic one; this does not
/// matter here, for most acts hold nothing that a person wrote.
struct Check {
    std::optional<Error> operator()(const NameSet& act) const { return check_name(act.name); }
    std::optional<Error> operator()(const SpaceJoined& act) const {
        return act.partner_name ? check_name(*act.partner_name) : std::nullopt;
    }
    std::optional<Error> operator()(const DeviceNamed& act) const { return check_name(act.name); }
    std::optional<Error> operator()(const NoteKept& act) const {
        return check_text(act.text, note_limit);
    }
    std::optional<Error> operator()(const NoteChanged& act) const {
        return check_text(act.text, note_limit);
    }
    std::optional<Error> operator()(const TruthGiven& act) const {
        return check_text(act.text, given_limit);
    }
    std::optional<Error> operator()(const ResponseGiven& act) const {
        if (act.text) return check_text(*act.text, given_limit);
        if (act.kind == ResponseKind::Words) return Error{Code::TextEmpty, "text"};
        return std::nullopt;
    }
    template <typename Other>
    std::optional<Error> operator()(const Other& /*act*/) const {
        return std::nullopt;
    }
};

template <typename One>
concept KnownAct = requires { One::type; };

struct Stand {
    SpaceKind kind;
    bool held;

    bool operator()(const SpaceLeft& act) const {
        return !held && (kind == SpaceKind::Shared || act.space.has_value());
    }
    template <typename One>
    bool operator()(const One& /*act*/) const {
        if constexpr (KnownAct<One>) {
            const Place here = kind == SpaceKind::Room ? Place::Room : Place::Shared;
            return One::held == held && (One::place == Place::Anywhere || One::place == here);
        } else {
            return true;
        }
    }
};

}  // namespace

std::optional<Error> check_act(const Act& act) {
    return std::visit(Check{}, act);
}

bool may_stand(const Act& act, SpaceKind kind, bool held) {
    return std::visit(Stand{kind, held}, act);
}

std::string_view spelling_of(Role role) {
    return role == Role::Opener ? "opener" : "joiner";
}

std::optional<Role> role_of(std::string_view spelling) {
    for (const Role role : {Role::Opener, Role::Joiner}) {
        if (spelling_of(role) == spelling) return role;
    }
    return std::nullopt;
}

std::string_view spelling_of(ResponseKind kind) {
    return kind == ResponseKind::Thanks ? "thanks" : "words";
}

std::optional<ResponseKind> response_kind_of(std::string_view spelling) {
    for (const ResponseKind kind : {ResponseKind::Thanks, ResponseKind::Words}) {
        if (spelling_of(kind) == spelling) return kind;
    }
    return std::nullopt;
}

}  // namespace seen::core
