/* What a node answers: a page of a pull, differing digests, and an answer to a push, read and taken into a store.
 *
 * An input: a byte that says how the body came (FuzzPacking), what it answers (Answer), and whether a hub reads it (16)
 * or a desk; then the body. */
#include "limber-fuzz.h"

#include <string.h>

#include "limber-apply.h"
#include "limber-error.h"
#include "limber-feed.h"
#include "limber-page.h"

#define IS_HUBS 16
#define TAKEN_OF 3 /* one in so many is taken into a store, by its length, since that takes the longest */

typedef enum {
  ANSWER_PULL,
  ANSWER_DIGEST,
  ANSWER_PUSH,
} Answer;

static LimberStore *desk, *hub;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_begin ();
  desk = fuzz_store (LIMBER_CLASS_DESK);
  hub = fuzz_store (LIMBER_CLASS_HUB);
  return 0;
}

/* Written again and read again, a record is the same. */
static void
check_record (const LimberRecord *record)
{
  g_autoptr (GString) out = g_string_new (NULL), again = g_string_new (NULL);
  LimberLine line;

  limber_page_append_row (out, record, LIMBER_CLASS_CENTRAL);
  g_assert_true (limber_page_parse_line (&line, out->str, out->len - 1, NULL));
  g_assert_cmpint (line.type, ==, LIMBER_LINE_ROW);
  limber_page_append_row (again, line.record, LIMBER_CLASS_CENTRAL);
  g_assert_cmpstr (again->str, ==, out->str);
  limber_record_free (line.record);
}

static void
check_extra (const LimberExtra *extra)
{
  g_autoptr (GString) out = g_string_new (NULL), again = g_string_new (NULL);
  LimberLine line;

  g_assert_cmpuint (extra->fields->len, <=, LIMBER_EXTRA_FIELDS);
  limber_page_append_extra (out, extra);
  g_assert_true (limber_page_parse_line (&line, out->str, out->len - 1, NULL));
  g_assert_cmpint (line.type, ==, LIMBER_LINE_EXTRA);
  limber_page_append_extra (again, line.extra);
  g_assert_cmpstr (again->str, ==, out->str);
  limber_extra_free (line.extra);
}

static void
check_lines (GBytes *page)
{
  g_autoptr (GArray) lines = limber_page_parse (page, NULL);

  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const LimberLine *line = &g_array_index (lines, LimberLine, i);

    g_assert_true ((line->type == LIMBER_LINE_END) == (i == lines->len - 1));
    if (line->record != NULL)
      check_record (line->record);
    if (line->extra != NULL)
      check_extra (line->extra);
  }
}

/* As if nothing had changed here since it was asked. */
static gboolean
take_digest (LimberTransaction *transaction, gpointer data, GError **error)
{
  ((LimberApply *) data)->quiet = limber_feed_position (limber_transaction_reader (transaction));
  return limber_apply_digest (transaction, data, error);
}

static void
take_in (LimberApply *apply, Answer answer, LimberStore *store)
{
  static const LimberWriteFunc funcs[] = { limber_apply_pull, take_digest, limber_apply_push };

  fuzz_id (&apply->node, 'C');
  fuzz_undone (store, funcs[answer], apply);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (LimberMessage) message = limber_message_new_answer (200);
  g_autoptr (LimberApply) apply = NULL;
  g_autoptr (GError) error = NULL;
  Answer answer;

  if (size == 0)
    return 0;
  answer = MIN (data[0] >> 2 & 3, ANSWER_PUSH);
  fuzz_set_body (message, data[0] & 3, data + 1, size - 1);
  apply = limber_apply_new (message, answer != ANSWER_PUSH, &error);
  if (apply == NULL) {
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
    return 0;
  }
  if (answer != ANSWER_PUSH)
    check_lines (apply->page);
  if (size % TAKEN_OF == 0)
    take_in (apply, answer, (data[0] & IS_HUBS) ? hub : desk);
  return 0;
}
