/* LimberScan: a bounded reader of JSON from outside, over bytes that it neither copies nor changes.
 *
 * It reads only what is asked for, in order; the first thing that is not as asked makes it fail, and a failed scan
 * stays failed, so that a reader checks once, at its end. What it accepts is JSON as jansson accepts it too: strings are
 * UTF-8 without NUL or a lone surrogate, whole numbers fit a gint64 and others a double. Its bounds are narrower: depth is
 * at most LIMBER_SCAN_DEPTH, and a number has at most 32 letters. A key that comes twice is for who reads the object. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_SCAN_DEPTH 32

typedef struct {
  const char *start;
  const char *at;
  const char *end;
  gboolean    failed;
} LimberScan;

typedef struct {
  const char *start; /* of the raw bytes, quotes included for a string */
  gsize       length;
} LimberSpan;

void     limber_scan_init       (LimberScan *scan, const char *bytes, gsize length);
void     limber_scan_expect     (LimberScan *scan, char c);
gboolean limber_scan_accept     (LimberScan *scan, char c);
gint64   limber_scan_integer    (LimberScan *scan, gint64 minimum, gint64 maximum);
LimberSpan limber_scan_plain    (LimberScan *scan, gsize maximum);
gboolean limber_scan_base64     (LimberScan *scan, guint8 *bytes, gsize length);
gboolean limber_scan_null       (LimberScan *scan);
char    *limber_scan_text       (LimberScan *scan, gsize maximum);
LimberSpan limber_scan_value    (LimberScan *scan);
gboolean limber_scan_finished   (LimberScan *scan);
char     limber_scan_peek       (LimberScan *scan);

G_END_DECLS
