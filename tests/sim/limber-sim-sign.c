/* The linker leads here what takes a simulated service time and teaches nothing (meson.build). Nobody in it forges a signature: a keyed
 * hash tells as well as Ed25519 whether this key has signed these bytes. What two machines agree on is multiplied once. And memory that
 * each of a dozen machines would give back is the next one's. A run takes a quarter less so, and comes to the same. */
#include <sodium.h>
#include <string.h>

int __wrap_crypto_sign_detached (unsigned char *sign, unsigned long long *length, const unsigned char *message, unsigned long long n, const unsigned char *secret_key);
int __wrap_crypto_sign_verify_detached (const unsigned char *sign, const unsigned char *message, unsigned long long n, const unsigned char *public_key);
int __wrap_malloc_trim (size_t pad);
int __wrap_crypto_scalarmult (unsigned char *product, const unsigned char *secret, const unsigned char *other);
int __wrap_crypto_scalarmult_base (unsigned char *product, const unsigned char *secret);
int __real_crypto_scalarmult (unsigned char *product, const unsigned char *secret, const unsigned char *other);
int __real_crypto_scalarmult_base (unsigned char *product, const unsigned char *secret);

/* The public key is the second half of the secret one. */
int
__wrap_crypto_sign_detached (unsigned char *sign, unsigned long long *length, const unsigned char *message, unsigned long long n, const unsigned char *secret_key)
{
  if (length != NULL)
    *length = crypto_sign_BYTES;
  return crypto_generichash (sign, crypto_sign_BYTES, message, n, secret_key + crypto_sign_SEEDBYTES, crypto_sign_PUBLICKEYBYTES);
}

int
__wrap_crypto_sign_verify_detached (const unsigned char *sign, const unsigned char *message, unsigned long long n, const unsigned char *public_key)
{
  unsigned char own[crypto_sign_BYTES];

  crypto_generichash (own, sizeof own, message, n, public_key, crypto_sign_PUBLICKEYBYTES);
  return sodium_memcmp (own, sign, sizeof own);
}

/* A product that was found before. Of two that share a place the later stays. */
typedef struct {
  unsigned char secret[32], other[32], product[32];
  int           known;
} Product;

static Product *
find (const unsigned char *secret, const unsigned char *other)
{
  static Product products[256];
  Product *product = &products[secret[1] ^ other[1]]; /* of a curve's keys some bits of the first and the last byte are fixed */

  if (memcmp (product->secret, secret, 32) != 0 || memcmp (product->other, other, 32) != 0) {
    memcpy (product->secret, secret, 32);
    memcpy (product->other, other, 32);
    product->known = 0;
  }
  return product;
}

static const unsigned char base[32] = { 9 };

int
__wrap_crypto_scalarmult (unsigned char *product, const unsigned char *secret, const unsigned char *other)
{
  Product *found = find (secret, other);

  if (!found->known && __real_crypto_scalarmult (found->product, secret, other) != 0)
    return -1;
  found->known = 1;
  memcpy (product, found->product, 32);
  return 0;
}

int
__wrap_crypto_scalarmult_base (unsigned char *product, const unsigned char *secret)
{
  Product *found = find (secret, base);

  if (!found->known)
    __real_crypto_scalarmult_base (found->product, secret);
  found->known = 1;
  memcpy (product, found->product, 32);
  return 0;
}

int
__wrap_malloc_trim (size_t pad)
{
  return 0;
}
