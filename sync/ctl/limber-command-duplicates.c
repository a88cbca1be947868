/* duplicates: people who may be there twice: which pairs wait for somebody's decision, and a pass over everybody. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-commands.h"
#include "limber-duplicates.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-merging.h"

static gboolean
list_open (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "duplicates-open", error, "");
  g_autoptr (json_t) pairs = json_array ();

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    g_autofree char *id = limber_id_dup_text (limber_row_id (row, "id"));
    const char *text = limber_row_text (row, "candidates"), *why = limber_row_text (row, "text");
    g_autoptr (json_t) both = text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;
    json_t *one;
    gsize j;

    json_array_append_new (pairs, json_pack ("{s:s, s:s?, s:O?}", "task", id, "why", why, "candidates", both));
    g_string_append_printf (errand->text, "%s  %s", id, why != NULL ? why : "");
    json_array_foreach (both, j, one)
      g_string_append_printf (errand->text, "  %s", json_string_value (one));
    g_string_append_c (errand->text, '\n');
  }
  if (rows != NULL)
    limber_errand_take (errand, json_pack ("{s:O}", "pairs", pairs));
  return rows != NULL;
}

/* A pass over everybody, a step at a time, so that other changes go between. */
typedef struct {
  LimberErrand          *errand;
  LimberDuplicatesSweep *sweep; /* (owned) (nullable) */
  guint                  looked, told, merged;
  guint                  alike[LIMBER_ALIKE_CONTACT + 1];
  GHashTable            *seen;  /* (owned): the ids of pairs' tasks */
  char                  *author, *role; /* (owned) (nullable): who merges */
} Pass;

static void
pass_clear (Pass *pass)
{
  g_clear_pointer (&pass->sweep, limber_duplicates_sweep_free);
  g_clear_pointer (&pass->seen, g_hash_table_unref);
  g_clear_pointer (&pass->author, g_free);
  g_clear_pointer (&pass->role, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pass, pass_clear)

static gboolean
begin_pass (LimberReader *reader, gpointer data, GError **error)
{
  Pass *pass = data;

  pass->seen = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  pass->sweep = limber_duplicates_sweep_new (reader, TRUE);
  return !limber_errand_has (pass->errand, "merge-certain") || limber_command_author (pass->errand, reader, TRUE, &pass->author, &pass->role, error);
}

static gboolean
look (LimberReader *reader, gpointer data, GError **error)
{
  Pass *pass = data;

  if (!limber_duplicates_look (pass->sweep, reader, error))
    return FALSE;
  pass->looked += pass->sweep->looked;
  for (guint i = 0; i < pass->sweep->pairs->len; i++) {
    const LimberDuplicatePair *pair = &g_array_index (pass->sweep->pairs, LimberDuplicatePair, i);
    LimberId id;

    limber_merging_pair_id (&pair->one, &pair->other, &id);
    if (!limber_merging_is_same (reader, &pair->one, &pair->other) && g_hash_table_add (pass->seen, limber_id_copy (&id)))
      pass->alike[pair->why]++;
  }
  return TRUE;
}

static gboolean
tell (LimberTransaction *transaction, gpointer data, GError **error)
{
  Pass *pass = data;

  return limber_duplicates_tell (pass->sweep, transaction, &pass->told, error);
}

static gboolean
merge_found (LimberTransaction *transaction, gpointer data, GError **error)
{
  Pass *pass = data;

  for (guint i = 0; i < pass->sweep->pairs->len; i++) {
    const LimberDuplicatePair *pair = &g_array_index (pass->sweep->pairs, LimberDuplicatePair, i);
    gboolean merged;

    if (pair->likeness != LIMBER_LIKENESS_CERTAIN)
      continue;
    if (!limber_merging_merge_certain (transaction, &pair->one, &pair->other, &(LimberAuthor){ pass->author, pass->role }, &merged, error))
      return FALSE;
    pass->merged += merged ? 1 : 0;
  }
  return TRUE;
}

static void
answer_pass (LimberErrand *errand, const Pass *pass)
{
  json_t *alike = json_object ();
  guint pairs = 0;

  for (guint i = LIMBER_ALIKE_NOT + 1; i < G_N_ELEMENTS (pass->alike); i++) {
    json_object_set_new (alike, limber_alike_name (i), json_integer (pass->alike[i]));
    pairs += pass->alike[i];
    if (pass->alike[i] > 0)
      g_string_append_printf (errand->text, "%8u  %s\n", pass->alike[i], limber_alike_words (i));
  }
  g_string_append_printf (errand->text, ngettext ("%u pair may be one person.", "%u pairs may be one person each.", pairs), pairs);
  g_string_append_c (errand->text, ' ');
  if (limber_errand_has (errand, "merge-certain"))
    g_string_append_printf (errand->text, ngettext ("%u was certain and is one person now.\n", "%u were certain and are one person each now.\n", pass->merged), pass->merged);
  else
    g_string_append_printf (errand->text, ngettext ("%u new task asks about one.\n", "%u new tasks ask about them.\n", pass->told), pass->told);
  limber_errand_take (errand, json_pack ("{s:i, s:i, s:i, s:i, s:o}", "looked", (int) pass->looked, "pairs", (int) pairs, "tasks", (int) pass->told, "merged", (int) pass->merged, "why", alike));
}

static gboolean
pass_over (LimberErrand *errand, GError **error)
{
  g_auto (Pass) pass = { .errand = errand };
  gboolean merging = limber_errand_has (errand, "merge-certain"), trial = limber_errand_has (errand, "dry-run");

  if (!limber_store_read (errand->store, begin_pass, &pass, error))
    return FALSE;
  do {
    if (g_cancellable_set_error_if_cancelled (errand->cancellable, error) || !limber_store_read (errand->store, look, &pass, error))
      return FALSE;
    if (!trial && (pass.sweep->pairs->len > 0 || !merging) && !limber_store_write (errand->store, merging ? merge_found : tell, &pass, error))
      return FALSE;
  } while (merging || trial ? pass.sweep->walking : !pass.sweep->done);
  answer_pass (errand, &pass);
  return TRUE;
}

/* duplicates [--all|--merge-certain --as STAFF] [--dry-run] */
gboolean
limber_command_duplicates (LimberErrand *errand, GError **error)
{
  gboolean all = limber_errand_has (errand, "all"), merging = limber_errand_has (errand, "merge-certain");

  if (!all && !merging)
    return limber_errand_read (errand, list_open, error);
  if (all && merging)
    return limber_errand_usage (error, _("Say --all, to ask people about likely duplicates, or --merge-certain"));
  if (limber_store_identity (errand->store)->klass != LIMBER_CLASS_CENTRAL)
    return limber_error_refuse (error, _("Central looks for people who are there twice: it alone has everybody. Run this there."));
  return pass_over (errand, error);
}
