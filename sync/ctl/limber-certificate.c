/* The key is written before the certificate: whoever stops between them finds the key again and makes its certificate. */
#include "limber-certificate.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#include "limber-cause.h"
#include "limber-error.h"

#define DAY (24 * 60 * 60)
#define YEARS 100
#define SERIAL_LENGTH 16

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_privkey_t, gnutls_x509_privkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_crt_t, gnutls_x509_crt_deinit, NULL)

static gboolean
check (int code, GError **error)
{
  if (code >= 0)
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("The certificate could not be made: %s"), gnutls_strerror (code));
  return FALSE;
}

/* @pem: (transfer full): taken and freed */
static gboolean
write_pem (const char *path, gnutls_datum_t *pem, int mode, GError **error)
{
  g_autoptr (GError) why = NULL;
  gboolean done = g_file_set_contents_full (path, (const char *) pem->data, pem->size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode, &why);

  gnutls_memset (pem->data, 0, pem->size);
  gnutls_free (pem->data);
  if (!done)
    limber_cause_set (error, g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? LIMBER_ERROR_DISK_FULL : LIMBER_ERROR_REFUSED, why, _("%s cannot be written: %s"), path, limber_cause_of (why));
  return done;
}

static gboolean
read_key (const char *path, gnutls_x509_privkey_t key, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) why = NULL;
  gsize length;
  int code;

  if (!g_file_get_contents (path, &text, &length, &why)) {
    limber_cause_set (error, LIMBER_ERROR_REFUSED, why, _("%s cannot be read: %s"), path, limber_cause_of (why));
    return FALSE;
  }
  code = gnutls_x509_privkey_import (key, &(gnutls_datum_t){ (unsigned char *) text, (unsigned) length }, GNUTLS_X509_FMT_PEM);
  gnutls_memset (text, 0, length);
  return check (code, error);
}

static gboolean
make_key (const char *path, gnutls_x509_privkey_t key, GError **error)
{
  gnutls_datum_t pem;

  return check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0), error) &&
         check (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem), error) && write_pem (path, &pem, 0600, error);
}

static gboolean
name_host (gnutls_x509_crt_t crt, const char *host, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address == NULL)
    return check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_DNSNAME, host, (unsigned) strlen (host), GNUTLS_FSAN_APPEND), error);
  return check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_IPADDRESS, g_inet_address_to_bytes (address), (unsigned) g_inet_address_get_native_size (address), GNUTLS_FSAN_APPEND), error);
}

static gboolean
fill (gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, const char *const *hosts, LimberEnv *env, GError **error)
{
  guint8 serial[SERIAL_LENGTH];
  time_t now = (time_t) (limber_env_wall (env) / 1000);

  limber_env_random (env, serial, sizeof serial);
  serial[0] &= 0x7f; /* positive, as RFC 5280 4.1.2.2 asks */
  serial[0] |= 0x40;
  for (guint i = 0; hosts[i] != NULL; i++)
    if (!name_host (crt, hosts[i], error))
      return FALSE;
  return check (gnutls_x509_crt_set_version (crt, 3), error) && check (gnutls_x509_crt_set_serial (crt, serial, sizeof serial), error) &&
         check (gnutls_x509_crt_set_dn_by_oid (crt, GNUTLS_OID_X520_COMMON_NAME, 0, "Limber node", strlen ("Limber node")), error) &&
         check (gnutls_x509_crt_set_activation_time (crt, now - DAY), error) && check (gnutls_x509_crt_set_expiration_time (crt, now + (time_t) YEARS * 365 * DAY), error) &&
         check (gnutls_x509_crt_set_basic_constraints (crt, 0, -1), error) && check (gnutls_x509_crt_set_key_usage (crt, GNUTLS_KEY_DIGITAL_SIGNATURE), error) &&
         check (gnutls_x509_crt_set_key_purpose_oid (crt, GNUTLS_KP_TLS_WWW_SERVER, 0), error) && check (gnutls_x509_crt_set_key (crt, key), error) &&
         check (gnutls_x509_crt_sign2 (crt, crt, key, GNUTLS_DIG_SHA256, 0), error);
}

static gboolean
make (const char *path, const char *key_path, const char *const *hosts, LimberEnv *env, GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;
  g_auto (gnutls_x509_crt_t) crt = NULL;
  gnutls_datum_t pem;

  if (!check (gnutls_x509_privkey_init (&key), error) || !check (gnutls_x509_crt_init (&crt), error))
    return FALSE;
  if (!(g_file_test (key_path, G_FILE_TEST_EXISTS) ? read_key (key_path, key, error) : make_key (key_path, key, error)))
    return FALSE;
  return fill (crt, key, hosts, env, error) && check (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &pem), error) && write_pem (path, &pem, 0644, error);
}

/**
 * limber_certificate_is_host:
 *
 * Returns: whether @text is an IPv4 or IPv6 address, or a host's name: letters, digits, hyphens and dots (RFC 1123, section 2.1)
 */
gboolean
limber_certificate_is_host (const char *text)
{
  return g_hostname_is_ip_address (text) || (strlen (text) <= 253 && g_regex_match_simple ("\\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z", text, G_REGEX_CASELESS, 0));
}

/**
 * limber_certificate_ensure:
 * @certificate: path of the certificate; one that is there stays
 * @key: path of its key, ECDSA on P-256, which only its owner may read; one that is there is used
 * @hosts: (array zero-terminated=1): names and addresses for which it speaks; see limber_certificate_is_host()
 * @env: clock and random numbers
 * @made: (out): whether one was made
 * @error: LIMBER_ERROR_REFUSED; LIMBER_ERROR_DISK_FULL
 *
 * Makes a certificate that a node signs itself and that ends in a hundred years.
 */
gboolean
limber_certificate_ensure (const char *certificate, const char *key, const char *const *hosts, LimberEnv *env, gboolean *made, GError **error)
{
  *made = !g_file_test (certificate, G_FILE_TEST_EXISTS);
  return !*made || make (certificate, key, hosts, env, error);
}
