#include "introduction.hpp"

namespace seen::vault {

Introduction read_introduction(Reader& reader) {
    Introduction told;
    if (reader.count("v") != 1) reader.fail();
    told.root = {reader.fixed<32>("root_sign"), reader.fixed<32>("root_box")};
    told.device = reader.fixed<16>("device");
    if (!reader.child("name").is_null()) told.name = reader.text("name");
    auto devices = read_entries(reader.list("devices"));
    if (devices)
        told.devices = std::move(*devices);
    else
        reader.fail();
    return told;
}

OrderedJson write_introduction(const Introduction& told) {
    OrderedJson json = {{"v", 1},
                        {"root_sign", base64url(told.root.sign)},
                        {"root_box", base64url(told.root.box)},
                        {"devices", write_entries(told.devices)},
                        {"device", base64url(told.device)},
                        {"name", nullptr}};
    if (told.name) json["name"] = *told.name;
    return json;
}

std::string text_of(const OrderedJson& json) {
    // A name that is no UTF-8 is mended: nothing that is told can stop an invitation.
    return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace seen::vault
