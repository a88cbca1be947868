/* The body of POST /sync/v1/push: unpacked, its first line, its entries, what is said about each, and what it answers.
 *
 * An input: a byte that says how the body came (FuzzPacking), whether what its lines commit to and who signs them is put
 * right before (4), so that more than their form is looked at, and whether a hub brings it (8); then the body. */
#include "limber-fuzz.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-call.h"
#include "limber-error.h"
#include "limber-heads.h"
#include "limber-json.h"
#include "limber-report.h"

#define IS_MENDED 4
#define IS_HUBS 8
#define TAKEN_OF 32 /* one in so many is taken into the store, by its length, since that takes the longest */

static LimberStore *store;
static LimberNode *node;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_begin ();
  store = fuzz_store (LIMBER_CLASS_CENTRAL);
  node = limber_node_new (store, NULL);
  g_assert_nonnull (node);
  return 0;
}

/* A header's last parts are ,prev,"commitment"]: returns where the commitment's text begins, 0 when it does not look like it. */
static gsize
commitment_of (LimberSpan header)
{
  gsize length = LIMBER_BASE64_LENGTH (LIMBER_HASH_LENGTH);

  return header.length > length + 3 && header.start[header.length - 2] == '"' && header.start[header.length - length - 3] == '"' ? header.length - length - 2 : 0;
}

static void
set_hash (GString *header, gsize at, const guint8 hash[LIMBER_HASH_LENGTH])
{
  char text[LIMBER_BASE64_LENGTH (LIMBER_HASH_LENGTH) + 1];

  limber_base64_encode (hash, LIMBER_HASH_LENGTH, text);
  memcpy (header->str + at, text, sizeof text - 1);
}

/* The signature by the device that the header names, when that has a key. */
static void
sign (GString *out, const guint8 hash[LIMBER_HASH_LENGTH], const LimberId *device)
{
  guint8 public_key[32], secret_key[64], signature[LIMBER_SIGN_LENGTH];
  g_autofree char *text = NULL;

  fuzz_key (device, public_key, secret_key);
  crypto_sign_detached (signature, NULL, hash, LIMBER_HASH_LENGTH, secret_key);
  text = limber_base64_dup (signature, sizeof signature);
  g_string_append (out, text);
}

/* @last: (inout): the hash of the line before, which this one goes on from when it names any */
static void
mend_line (GString *out, const char *line, gsize length, guint8 last[LIMBER_HASH_LENGTH])
{
  LimberScan scan;
  LimberSpan span, salt, signature, body;
  g_autoptr (GString) header = NULL;
  guint8 salt_bytes[16], commitment[LIMBER_HASH_LENGTH];
  LimberEntry entry;
  gsize at;

  limber_scan_init (&scan, line, length);
  limber_scan_expect (&scan, '[');
  span = limber_scan_value (&scan);
  limber_scan_expect (&scan, ',');
  salt = limber_scan_plain (&scan, 64);
  limber_scan_expect (&scan, ',');
  signature = limber_scan_plain (&scan, 128);
  limber_scan_expect (&scan, ',');
  body = limber_scan_value (&scan);
  if (scan.failed || (at = commitment_of (span)) == 0 || !limber_base64_decode (salt.start, salt.length, salt_bytes, sizeof salt_bytes)) {
    g_string_append_len (out, line, (gssize) length);
    return;
  }
  header = g_string_new_len (span.start, (gssize) span.length);
  limber_entry_commit (salt_bytes, body.start, body.length, commitment);
  set_hash (header, at, commitment);
  if (at > LIMBER_BASE64_LENGTH (LIMBER_HASH_LENGTH) + 3 && memcmp (header->str + at - 3, "\",\"", 3) == 0)
    set_hash (header, at - 3 - LIMBER_BASE64_LENGTH (LIMBER_HASH_LENGTH), last);
  crypto_generichash (last, LIMBER_HASH_LENGTH, (const guint8 *) header->str, header->len, NULL, 0);
  g_string_append_printf (out, "[%s,\"%.*s\",\"", header->str, (int) salt.length, salt.start);
  if (signature.length > 0 && limber_entry_parse_header (&entry, header->str, header->len, NULL)) {
    LimberId device;

    memcpy (device.bytes, entry.origin.bytes, sizeof device.bytes);
    sign (out, last, &device);
  }
  g_string_append (out, "\",");
  g_string_append_len (out, body.start, (gssize) body.length);
  g_string_append_c (out, ']');
}

static GString *
mend (const char *bytes, gsize size)
{
  GString *out = g_string_new (NULL);
  const char *at = bytes, *end = bytes + size, *line;
  guint8 last[LIMBER_HASH_LENGTH] = { 0 };
  gsize length;

  for (gboolean first = TRUE; (line = fuzz_line (&at, end, &length)) != NULL; first = FALSE) {
    if (first)
      g_string_append_len (out, line, (gssize) length);
    else
      mend_line (out, line, length, last);
    g_string_append_c (out, '\n');
  }
  return out;
}

/* What an accepted line means, and that written again it is the same, byte for byte where it is our own form. */
static void
check_entry (const char *line, gsize length)
{
  LimberEntry entry, again;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray) changes = NULL, seen = NULL;

  if (!limber_entry_parse_line (&entry, line, length, NULL))
    return;
  g_assert_cmpuint (length, <=, LIMBER_ENTRY_MAXIMUM);
  g_assert_true (entry.seq >= 1 && entry.seq <= LIMBER_SEQ_MAXIMUM && entry.rank <= 1);
  g_assert_true (entry.header.start >= line && entry.header.start + entry.header.length <= line + length);
  limber_entry_append_line (&entry, out);
  g_assert_true (limber_entry_parse_line (&again, out->str, out->len - 1, NULL));
  g_assert_cmpmem (again.hash, sizeof again.hash, entry.hash, sizeof entry.hash);
  g_assert_cmpmem (again.header.start, again.header.length, entry.header.start, entry.header.length);
  g_assert_true (again.has_body == entry.has_body && again.has_sign == entry.has_sign);
  seen = limber_entry_seen (&entry, NULL);
  g_assert_cmpuint (seen->len, <=, 64);
  if (!entry.has_body)
    return;
  g_assert_cmpmem (again.body.start, again.body.length, entry.body.start, entry.body.length);
  changes = limber_entry_changes (&entry, NULL);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    g_assert_true (g_array_index (changes, LimberChange, i).value.start + g_array_index (changes, LimberChange, i).value.length <= entry.body.start + entry.body.length);
}

static gboolean
prepare (LimberReader *reader, gpointer data, GError **error)
{
  return limber_node_push.prepare (data, reader, error);
}

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_node_push.write (data, transaction, error);
}

static void
check_within (gint64 figure, gint64 least, gint64 most)
{
  g_assert_true (figure == LIMBER_REPORT_UNKNOWN || (figure >= least && figure <= most));
}

/* What was accepted of a report can be shown on a terminal and added up, and written again it is the same. */
static void
check_report (const LimberReport *report)
{
  g_autoptr (json_t) head = json_pack ("{s:o}", "report", limber_report_to_json (report));
  g_autoptr (json_t) written = NULL;
  LimberReport again;

  g_assert_cmpuint (strlen (report->version), <=, LIMBER_REPORT_VERSION);
  for (const char *at = report->version; *at != '\0'; at++)
    g_assert_true (g_ascii_isgraph (*at));
  check_within (report->unsent, 0, LIMBER_SEQ_MAXIMUM);
  check_within (report->oldest, 0, LIMBER_TIME_MAXIMUM);
  check_within (report->store_bytes, 0, LIMBER_REPORT_BYTES);
  check_within (report->free_bytes, 0, LIMBER_REPORT_BYTES);
  check_within (report->offset, -LIMBER_TIME_MAXIMUM, LIMBER_TIME_MAXIMUM);
  g_assert_true (limber_report_read (head, &again, NULL));
  written = limber_report_to_json (&again);
  g_assert_true (json_equal (written, json_object_get (head, "report")));
}

/* Who is answered has said nothing of himself that is no report, and of others only as a hub. */
static void
check_reports (const json_t *head, gboolean is_hubs)
{
  g_autoptr (GArray) fleet = limber_report_read_fleet (head, NULL);
  LimberReport report;

  g_assert_true (limber_report_read (head, &report, NULL));
  check_report (&report);
  g_assert_true (fleet != NULL && fleet->len <= (is_hubs ? LIMBER_REPORT_FLEET : 0));
  for (guint i = 0; i < fleet->len; i++)
    check_report (&g_array_index (fleet, LimberFleetLine, i).report);
}

/* Each entry has its verdict, each head its answer. */
static void
check_answer (LimberMessage *answer, const char *text, gsize size, gboolean is_hubs)
{
  g_autoptr (json_t) json = limber_message_json (answer, NULL), head = NULL;
  const json_t *verdicts = json_object_get (json, "verdicts");
  const char *at = text, *line;
  gint64 lines = 0, told = 0;
  gsize length;

  line = fuzz_line (&at, text + size, &length);
  head = limber_json_parse (line, length, NULL);
  check_reports (head, is_hubs);
  while ((line = fuzz_line (&at, text + size, &length)) != NULL) {
    lines++;
    check_entry (line, length);
  }
  for (gsize i = 0; i < json_array_size (verdicts); i++)
    told += json_integer_value (json_array_get (json_array_get (verdicts, i), 0));
  g_assert_cmpint (told, ==, lines);
  g_assert_cmpint (lines, <=, LIMBER_PUSH_ENTRIES);
  g_assert_cmpuint (strlen (limber_json_string (json, "known")), ==, json_array_size (json_object_get (head, "heads")));
}

static void
push (LimberMessage *request, gboolean is_hubs, gboolean is_taken)
{
  LimberCall call = { .node = node, .handler = &limber_node_push, .request = request };
  g_autoptr (GError) error = NULL;

  fuzz_id (&call.signature.device, is_hubs ? 'H' : 'D');
  call.standing.group.klass = is_hubs ? LIMBER_CLASS_HUB : LIMBER_CLASS_DESK;
  fuzz_id (&call.standing.group.site, 'S');
  if (limber_store_read (store, prepare, &call, &error)) {
    g_autoptr (GBytes) body = limber_message_unpack (request, NULL);

    if (call.answer == NULL && is_taken)
      g_assert_true (fuzz_undone (store, carry_out, &call));
    if (call.answer != NULL)
      check_answer (call.answer, g_bytes_get_data (body, NULL), g_bytes_get_size (body), is_hubs);
  } else
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
  g_clear_pointer (&call.answer, limber_message_unref);
  if (call.destroy != NULL)
    call.destroy (call.data);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (LimberMessage) request = limber_message_new ("POST", "/sync/v1/push", NULL);
  FuzzPacking packing;

  if (size == 0)
    return 0;
  packing = data[0] & 3;
  if ((data[0] & IS_MENDED) && (packing == FUZZ_PLAIN || packing == FUZZ_PACKED)) {
    g_autoptr (GString) body = mend ((const char *) data + 1, size - 1);

    fuzz_set_body (request, packing, body->str, body->len);
  } else
    fuzz_set_body (request, packing, data + 1, size - 1);
  push (request, (data[0] & IS_HUBS) != 0, size % TAKEN_OF == 0);
  return 0;
}
