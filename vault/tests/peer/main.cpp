/// A second vault at the end of a pipe: JSON lines in, JSON lines out, in the same order.
#include "calls.hpp"
#include "seen/vault/random.hpp"

#include <iostream>
#include <string>

int main() {
    namespace vault = seen::vault;
    vault::open_vault();
    for (std::string line; std::getline(std::cin, line);) {
        const auto call = vault::parse_json(vault::view_of(line));
        const auto said = call ? vault::tests::answer(*call)
                               : vault::OrderedJson{{"error", "the line is no JSON"}};
        std::cout << said.dump() << std::endl;
    }
}
