#include "lan/certificate.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <string_view>
#include <tuple>
#include <unistd.h>

namespace seen::server {

namespace {

struct FreeMore {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(NAME_CONSTRAINTS* names) const { NAME_CONSTRAINTS_free(names); }
};
using Bio = std::unique_ptr<BIO, FreeMore>;

/// Another one for every certificate: browsers refuse two of one authority with the same number.
bool set_serial(X509* certificate) {
    const std::unique_ptr<BIGNUM, FreeMore> number(BN_new());
    return number && BN_rand(number.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_name(X509* certificate, const std::string& name) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(name.data());
    return X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                      bytes, static_cast<int>(name.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, const CertificateWish::Extension& wanted) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, FreeMore> extension(
        X509V3_EXT_conf_nid(nullptr, &context, wanted.nid, wanted.value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

std::string text_in(BIO* bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

std::string pem_of_key(EVP_PKEY* key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    const bool written =
        bio && PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    return written ? text_in(bio.get()) : std::string();
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(file, bytes.data(), bytes.size());
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return ::fsync(file) == 0;
}

}  // namespace

void FreeOpenSsl::operator()(x509_st* certificate) const {
    X509_free(certificate);
}
void FreeOpenSsl::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

bool Certificate::lasts(std::time_t from, std::time_t until) const {
    return X509_cmp_time(X509_get0_notBefore(certificate.get()), &from) < 0 &&
           X509_cmp_time(X509_get0_notAfter(certificate.get()), &until) > 0;
}

bool Certificate::names(const std::string& ip_address) const {
    return X509_check_ip_asc(certificate.get(), ip_address.c_str(), 0) == 1;
}

bool Certificate::permits(const Certificate& other) const {
    // Only now does the library look into what was just made; before, it would find no names.
    std::ignore = X509_check_purpose(other.certificate.get(), -1, 0);
    const std::unique_ptr<NAME_CONSTRAINTS, FreeMore> names(static_cast<NAME_CONSTRAINTS*>(
        X509_get_ext_d2i(certificate.get(), NID_name_constraints, nullptr, nullptr)));
    return names && NAME_CONSTRAINTS_check(other.certificate.get(), names.get()) == X509_V_OK;
}

bool Certificate::is_signed_by(const Certificate& authority) const {
    const bool is = X509_verify(certificate.get(), authority.key.get()) == 1;
    ERR_clear_error();
    return is;
}

std::string Certificate::der() const {
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate.get(), &bytes);
    if (size <= 0) return {};
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

std::string Certificate::pem() const {
    const Bio bio(BIO_new(BIO_s_mem()));
    const bool written = bio && PEM_write_bio_X509(bio.get(), certificate.get()) == 1;
    return written ? text_in(bio.get()) : std::string();
}

std::string Certificate::fingerprint() const {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    std::ignore = X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size);
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        if (i > 0) text += ':';
        text += digits[digest.at(i) >> 4U];
        text += digits[digest.at(i) & 15U];
    }
    return text;
}

std::optional<Certificate> make_certificate(const CertificateWish& wish,
                                            const Certificate* authority) {
    Certificate made{std::unique_ptr<X509, FreeOpenSsl>(X509_new()),
                     std::unique_ptr<EVP_PKEY, FreeOpenSsl>(EVP_EC_gen("P-256"))};
    X509* certificate = made.certificate.get();
    if (certificate == nullptr || !made.key) return std::nullopt;
    X509* issuer = authority != nullptr ? authority->certificate.get() : certificate;
    std::time_t begins = wish.begins;
    std::time_t ends = wish.ends;
    EVP_PKEY* signer = authority != nullptr ? authority->key.get() : made.key.get();
    const bool said = X509_set_version(certificate, X509_VERSION_3) == 1 &&
                      set_serial(certificate) && set_name(certificate, wish.name) &&
                      X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
                      X509_set_pubkey(certificate, made.key.get()) == 1 &&
                      X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &begins) &&
                      X509_time_adj_ex(X509_getm_notAfter(certificate), 0, 0, &ends);
    if (!said) return std::nullopt;
    for (const auto& extension : wish.extensions)
        if (!add_extension(certificate, issuer, extension)) return std::nullopt;
    if (X509_sign(certificate, signer, EVP_sha256()) == 0) return std::nullopt;
    return made;
}

std::expected<Certificate, std::string> read_certificate(const std::string& file) {
    if (::access(file.c_str(), F_OK) != 0 && errno == ENOENT) return Certificate{};
    const Bio bio(BIO_new_file(file.c_str(), "r"));
    Certificate read;
    if (bio) {
        read.key.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
        if (read.key)
            read.certificate.reset(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    }
    const bool whole =
        read.certificate && X509_check_private_key(read.certificate.get(), read.key.get()) == 1;
    ERR_clear_error();
    if (!whole)
        return std::unexpected("cannot use " + file +
                               "; move it away to begin with a new one, which every phone then has "
                               "to trust anew");
    return read;
}

std::expected<void, std::string> write_certificate(const Certificate& certificate,
                                                   const std::string& file) {
    const std::string fresh = file + ".new";
    const std::string key = pem_of_key(certificate.key.get());
    const std::string pem = key + certificate.pem();
    std::ignore = ::unlink(fresh.c_str());
    const int out = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written = out >= 0 && !key.empty() && write_all(out, pem);
    if (out >= 0) ::close(out);
    if (!written || std::rename(fresh.c_str(), file.c_str()) != 0)
        return std::unexpected("cannot write " + file);
    return {};
}

}  // namespace seen::server
