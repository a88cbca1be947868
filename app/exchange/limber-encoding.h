/* LimberEncoding: in which encoding a list is written, and its bytes as UTF-8. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LimberEncoding:
 * @LIMBER_ENCODING_FIND: not said; to be found by looking at the file
 * @LIMBER_ENCODING_UTF_8: UTF-8, with a byte order mark or without
 * @LIMBER_ENCODING_UTF_16LE: UTF-16 with a byte order mark, as some spreadsheets write it
 * @LIMBER_ENCODING_UTF_16BE: the same, the other way round
 * @LIMBER_ENCODING_WINDOWS_1252: Western European, one byte a letter
 */
typedef enum {
  LIMBER_ENCODING_FIND,
  LIMBER_ENCODING_UTF_8,
  LIMBER_ENCODING_UTF_16LE,
  LIMBER_ENCODING_UTF_16BE,
  LIMBER_ENCODING_WINDOWS_1252,
} LimberEncoding;

const char   *limber_encoding_name  (LimberEncoding encoding);
gboolean      limber_encoding_parse (const char *name, LimberEncoding *encoding);
GInputStream *limber_encoding_open  (GInputStream *bytes, LimberEncoding said, LimberEncoding *found, gint64 *size, GError **error);

G_END_DECLS
