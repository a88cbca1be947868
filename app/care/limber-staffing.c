#include "limber-staffing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-standing.h"

/* An edit of @staff, where @author may; NULL where not. */
static LimberEdit *
begin (LimberTransaction *transaction, const LimberId *staff, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "staff", staff, error);

  return record != NULL && limber_standing_check (reader, author, LIMBER_ACTION_STAFF, limber_record_id (record, "site"), error) ? limber_edit_new ("staff", staff) : NULL;
}

/* Who rules over rights does not give herself others: somebody else has to. */
static gboolean
check_other (const LimberId *staff, const LimberAuthor *author, GError **error)
{
  LimberId id;

  return !limber_id_parse (&id, author->author) || !limber_id_equal (&id, staff) || limber_error_refuse (error, _("Nobody changes that of herself. Ask another manager or administrator."));
}

/**
 * limber_staffing_set_role:
 * @role: as the kind `staff` has it
 * @error: LIMBER_ERROR_REFUSED for no role, or one's own; LIMBER_ERROR_UNAUTHORISED
 */
gboolean
limber_staffing_set_role (LimberTransaction *transaction, const LimberId *staff, const char *role, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = begin (transaction, staff, author, error);

  return edit != NULL && check_other (staff, author, error) && limber_edit_parse (edit, "role", role, error) && limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_staffing_leave:
 * @until: (nullable): her last day, YYYY-MM-DD; %NULL: she has left
 * @error: LIMBER_ERROR_REFUSED for no day, or oneself; LIMBER_ERROR_UNAUTHORISED
 *
 * Says that somebody leaves. Who has left is shut out at once, wherever it is known.
 */
gboolean
limber_staffing_leave (LimberTransaction *transaction, const LimberId *staff, const char *until, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = begin (transaction, staff, author, error);

  if (edit == NULL || !check_other (staff, author, error) || (until != NULL && !limber_edit_parse (edit, "until", until, error)))
    return FALSE;
  if (until == NULL)
    limber_edit_set_integer (edit, "left", 1);
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_staffing_stay:
 *
 * Takes limber_staffing_leave() back: her PIN is good again.
 */
gboolean
limber_staffing_stay (LimberTransaction *transaction, const LimberId *staff, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = begin (transaction, staff, author, error);

  if (edit == NULL)
    return FALSE;
  limber_edit_set_integer (edit, "left", 0);
  limber_edit_set_none (edit, "until");
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_staffing_cover:
 * @id: (out): of the kind `cover`
 * @error: LIMBER_ERROR_REFUSED for days that are none or the wrong way round, and where it is her own site; LIMBER_ERROR_UNAUTHORISED
 *
 * Says beforehand that somebody works at another site than hers for some days. She then signs in there without being asked why.
 */
gboolean
limber_staffing_cover (LimberTransaction *transaction, const LimberCover *cover, const LimberAuthor *author, LimberId *id, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) staff = limber_reader_get (reader, "staff", &cover->staff, error), site = staff != NULL ? limber_reader_get (reader, "site", &cover->site, error) : NULL;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId by;

  if (site == NULL || !limber_standing_check (reader, author, LIMBER_ACTION_COVER, &cover->site, error))
    return FALSE;
  if (limber_record_id (staff, "site") == NULL || limber_id_equal (limber_record_id (staff, "site"), &cover->site))
    return limber_error_refuse (error, _("That is her own site."));
  if (!limber_date_is_valid (cover->from) || !limber_date_is_valid (cover->until) || strcmp (cover->from, cover->until) > 0)
    return limber_error_refuse (error, _("Say from which day until which, as 2026-08-06; the last is not before the first."));
  limber_id_init_new (id, limber_transaction_env (transaction));
  edit = limber_edit_new ("cover", id);
  limber_edit_set_id (edit, "staff", &cover->staff);
  limber_edit_set_id (edit, "site", &cover->site);
  limber_edit_set_text (edit, "why", "cover");
  limber_edit_set_text (edit, "from", cover->from);
  limber_edit_set_text (edit, "until", cover->until);
  limber_edit_set_text (edit, "reason", cover->reason);
  if (limber_id_parse (&by, author->author))
    limber_edit_set_id (edit, "by", &by);
  limber_edit_set_integer (edit, "at", limber_transaction_now (transaction));
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_staffing_end_cover:
 * @id: of the kind `cover`
 *
 * Ends it before its time.
 */
gboolean
limber_staffing_end_cover (LimberTransaction *transaction, const LimberId *id, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) cover = limber_reader_get (reader, "cover", id, error);
  g_autoptr (LimberEdit) edit = NULL;

  if (cover == NULL || !limber_standing_check (reader, author, LIMBER_ACTION_COVER, limber_record_id (cover, "site"), error))
    return FALSE;
  edit = limber_edit_new ("cover", id);
  limber_edit_set_integer (edit, "ended", limber_transaction_now (transaction));
  return limber_transaction_edit (transaction, edit, author, error);
}
