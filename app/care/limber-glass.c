#include "limber-glass.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"
#include "limber-standing.h"

#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)

static gint64
minutes_of_site (LimberReader *reader)
{
  LimberId id;
  g_autoptr (LimberRecord) site = limber_reader_site (reader, &id) ? limber_reader_get (reader, "site", &id, NULL) : NULL;
  const LimberValue *minutes = site != NULL ? limber_record_value (site, "glass_minutes") : NULL;

  return minutes != NULL && minutes->type == LIMBER_VALUE_INTEGER ? minutes->integer : LIMBER_GLASS_MINUTES;
}

static gboolean
check_reason (const char *reason, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (reason != NULL ? reason : ""));

  return g_utf8_strlen (trimmed, -1) >= LIMBER_GLASS_REASON_SHORTEST || limber_error_refuse (error, _("Say in a few words why it cannot wait. A manager reads it; name nobody."));
}

/**
 * limber_glass_break:
 * @about: (nullable): about whom it is, if it is about one person
 * @reason: why it cannot wait
 * @id: of the kind `glass`, a new one (limber_id_init_new())
 * @error: LIMBER_ERROR_REFUSED without a reason, LIMBER_ERROR_UNAUTHORISED for whoever may not at all
 *
 * Breaks the glass for as long as the site has it.
 */
gboolean
limber_glass_break (LimberTransaction *transaction, const LimberId *about, const char *reason, const LimberAuthor *author, const LimberId *id, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  gint64 now = limber_transaction_now (transaction);
  g_autoptr (LimberEdit) edit = NULL;
  LimberId staff, site;

  if (!limber_id_parse (&staff, author->author))
    return limber_error_refuse (error, _("Say who breaks the glass."));
  if (!limber_standing_check_here (reader, author, LIMBER_ACTION_BREAK_GLASS, error) || !check_reason (reason, error))
    return FALSE;
  edit = limber_edit_new ("glass", id);
  limber_edit_set_id (edit, "staff", &staff);
  if (limber_reader_site (reader, &site))
    limber_edit_set_id (edit, "site", &site);
  if (about != NULL)
    limber_edit_set_id (edit, "about", about);
  limber_edit_set_text (edit, "reason", reason);
  limber_edit_set_integer (edit, "at", now);
  limber_edit_set_integer (edit, "until", now + minutes_of_site (reader) * MINUTE_MS);
  return limber_transaction_edit (transaction, edit, author, error);
}

static gboolean
set_ended (LimberTransaction *transaction, const LimberId *id, gint64 ended, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("glass", id);

  if (ended != 0)
    limber_edit_set_integer (edit, "ended", ended);
  else
    limber_edit_set_none (edit, "ended");
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_glass_end_one:
 * @author: whose it is
 *
 * Ends one before its time, and leaves others that she has broken; where it is over already nothing happens. allow deed: it is her own.
 */
gboolean
limber_glass_end_one (LimberTransaction *transaction, const LimberId *id, const LimberAuthor *author, GError **error)
{
  gint64 now = limber_transaction_now (transaction);
  g_autoptr (GPtrArray) rows = NULL;
  LimberId staff;

  if (!limber_id_parse (&staff, author->author))
    return TRUE;
  rows = limber_reader_query (limber_transaction_reader (transaction), "glass-of-staff", error, "di", &staff, now);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (limber_id_equal (limber_row_id (g_ptr_array_index (rows, i), "id"), id))
      return set_ended (transaction, id, now, author, error);
  return rows != NULL;
}

/**
 * limber_glass_end:
 * @author: whose
 *
 * Ends, before its time, all that somebody has broken; where it is over already nothing happens. allow deed: it is her own.
 */
gboolean
limber_glass_end (LimberTransaction *transaction, const LimberAuthor *author, GError **error)
{
  gint64 now = limber_transaction_now (transaction);
  g_autoptr (GPtrArray) rows = NULL;
  LimberId staff;

  if (!limber_id_parse (&staff, author->author))
    return TRUE;
  rows = limber_reader_query (limber_transaction_reader (transaction), "glass-of-staff", error, "di", &staff, now);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!set_ended (transaction, limber_row_id (g_ptr_array_index (rows, i), "id"), now, author, error))
      return FALSE;
  return rows != NULL;
}

/**
 * limber_glass_go_on:
 * @author: whose
 * @error: LIMBER_ERROR_REFUSED when its time is over, or she has ended none
 *
 * Takes back that she ended what she had broken. It lasts no longer than it would have. allow deed: it is her own.
 */
gboolean
limber_glass_go_on (LimberTransaction *transaction, const LimberAuthor *author, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  gint64 ended = 0;
  LimberId staff;

  if (!limber_standing_check_here (limber_transaction_reader (transaction), author, LIMBER_ACTION_BREAK_GLASS, error) || !limber_id_parse (&staff, author->author))
    return FALSE;
  rows = limber_reader_query (limber_transaction_reader (transaction), "glass-ended", error, "di", &staff, limber_transaction_now (transaction));
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return limber_error_refuse (error, _("Its time is over. If it still cannot wait, break the glass again."));
  for (guint i = 0; i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);

    if (i == 0)
      ended = limber_row_integer (row, "ended");
    if (limber_row_integer (row, "ended") == ended && !set_ended (transaction, limber_row_id (row, "id"), 0, author, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * limber_glass_review:
 * @note: (nullable): what came of it
 * @error: LIMBER_ERROR_UNAUTHORISED, also for whoever broke it herself
 *
 * Writes down that a manager looked at it. Looked at again, the last note counts; the journal keeps the others.
 */
gboolean
limber_glass_review (LimberTransaction *transaction, const LimberId *id, const char *note, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) glass = limber_reader_get (reader, "glass", id, error);
  g_autoptr (LimberEdit) edit = NULL;
  LimberId staff;

  if (glass == NULL || !limber_standing_check (reader, author, LIMBER_ACTION_REVIEW_GLASS, limber_record_id (glass, "site"), error))
    return FALSE;
  if (limber_id_parse (&staff, author->author) && limber_id_equal (&staff, limber_record_id (glass, "staff"))) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, _("You broke this glass yourself. Another manager has to look at it."));
    return FALSE;
  }
  edit = limber_edit_new ("glass", id);
  limber_edit_set_integer (edit, "reviewed", limber_transaction_now (transaction));
  if (limber_id_parse (&staff, author->author))
    limber_edit_set_id (edit, "reviewed_by", &staff);
  if (note != NULL && *note != '\0')
    limber_edit_set_text (edit, "note", note);
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_glass_take_review_back:
 * @before: the glass as it was before somebody looked at it
 * @error: LIMBER_ERROR_UNAUTHORISED; LIMBER_ERROR_REFUSED when another has looked at it since
 *
 * What stood there before stands there again; the journal keeps what was written.
 */
gboolean
limber_glass_take_review_back (LimberTransaction *transaction, const LimberRecord *before, const LimberAuthor *author, GError **error)
{
  static const char *const fields[] = { "reviewed", "reviewed_by", "note" };
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) glass = limber_reader_get (reader, "glass", &before->id, error);
  g_autoptr (LimberEdit) edit = limber_edit_new ("glass", &before->id);
  const LimberId *by = glass != NULL ? limber_record_id (glass, "reviewed_by") : NULL;
  LimberId staff;

  if (glass == NULL || !limber_standing_check (reader, author, LIMBER_ACTION_REVIEW_GLASS, limber_record_id (glass, "site"), error))
    return FALSE;
  if (by == NULL || !limber_id_parse (&staff, author->author) || !limber_id_equal (by, &staff))
    return limber_error_refuse (error, _("Somebody else has looked at it since. What that person wrote stays."));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!limber_value_equal (limber_record_value (before, fields[i]), limber_record_value (glass, fields[i])))
      limber_edit_set_value (edit, fields[i], limber_record_value (before, fields[i]));
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_glass_list:
 * @all: also what was looked at
 *
 * Returns: (transfer full) (nullable) (element-type LimberRow): what was broken, as the query "glass-list" has it
 */
GPtrArray *
limber_glass_list (LimberReader *reader, gboolean all, GError **error)
{
  return limber_reader_query (reader, "glass-list", error, "i", (gint64) all);
}
