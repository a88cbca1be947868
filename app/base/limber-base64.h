/* base64url without padding (RFC 4648, section 5), the form of binary ids and hashes on the wire; and hexadecimal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_BASE64_LENGTH(n) (((n) * 4 + 2) / 3)

void     limber_base64_encode (const guint8 *bytes, gsize length, char *text);
char    *limber_base64_dup    (const guint8 *bytes, gsize length);
gboolean limber_base64_decode (const char *text, gsize text_length, guint8 *bytes, gsize length);
gboolean limber_base64_read   (const char *text, guint8 *bytes, gsize length);
char    *limber_hex_dup       (const guint8 *bytes, gsize length);
gboolean limber_hex_decode    (const char *text, gsize text_length, guint8 *bytes, gsize length);

G_END_DECLS
