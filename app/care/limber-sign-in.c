/* Invariant: what lets somebody in besides her PIN is on the disk before she is in, with the name of whoever vouches. */
#include "limber-sign-in.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-attempts.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-pin.h"
#include "limber-sign-in-code.h"
#include "limber-standing.h"

#define HOUR_MS (G_GINT64_CONSTANT (60) * 60 * 1000)

static gint64
hours_of_site (LimberReader *reader)
{
  LimberId id;
  g_autoptr (LimberRecord) site = limber_reader_site (reader, &id) ? limber_reader_get (reader, "site", &id, NULL) : NULL;
  const LimberValue *hours = site != NULL ? limber_record_value (site, "sign_in_hours") : NULL;

  if (hours == NULL || hours->type != LIMBER_VALUE_INTEGER)
    return LIMBER_SIGN_IN_HOURS;
  return hours->integer == 0 ? 0 : MAX (hours->integer, LIMBER_SIGN_IN_HOURS_FEWEST);
}

/* Whether this computer may not know who has left by now. A store that belongs to nobody else, as central's, knows. */
static gboolean
is_out_of_touch (LimberReader *reader, gint64 *heard)
{
  g_autofree char *upstream = limber_reader_meta (reader, "upstream"), *last = limber_reader_meta (reader, "heard");
  gint64 hours = hours_of_site (reader);

  *heard = last != NULL ? g_ascii_strtoll (last, NULL, 10) : 0;
  return hours != 0 && upstream != NULL && *upstream != '\0' && *heard != 0 && limber_reader_now (reader) - *heard > hours * HOUR_MS;
}

/* What was written down for this day already: why she is here though it is not her site, and that somebody gave a word for her. */
static gboolean
read_covers (LimberReader *reader, const LimberId *staff, gboolean *cover, gboolean *word, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autoptr (GPtrArray) rows = NULL;
  LimberId here;

  limber_date_of_time (limber_reader_now (reader), today);
  rows = limber_reader_query (reader, "covers-of-staff", error, "dt", staff, today);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    const char *why = limber_row_text (row, "why");

    if (!limber_reader_site (reader, &here) || !limber_id_equal (&here, limber_row_id (row, "site")))
      continue;
    *cover = *cover || g_strcmp0 (why, "offline") != 0;
    /* cover that was said beforehand says nothing of whether she has left since */
    *word = *word || g_strcmp0 (why, "cover") != 0;
  }
  return rows != NULL;
}

/**
 * limber_sign_in_needs:
 * @staff: who wants to sign in
 * @needs: (out): what she needs besides her PIN
 * @error: LIMBER_ERROR_UNAUTHORISED when she has left
 */
gboolean
limber_sign_in_needs (LimberReader *reader, const LimberId *staff, LimberSignInNeeds *needs, GError **error)
{
  g_autoptr (LimberRecord) person = limber_reader_get (reader, "staff", staff, error);
  const LimberId *site = person != NULL ? limber_record_id (person, "site") : NULL;
  gboolean cover = FALSE, word = FALSE;
  LimberId here;

  *needs = (LimberSignInNeeds){ 0 };
  if (person == NULL)
    return FALSE;
  if (limber_standing_is_over (person, limber_reader_now (reader))) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, _("That person has left the service."));
    return FALSE;
  }
  if (!read_covers (reader, staff, &cover, &word, error))
    return FALSE;
  needs->reason = site != NULL && limber_reader_site (reader, &here) && !limber_id_equal (site, &here) && !cover;
  needs->word = is_out_of_touch (reader, &needs->heard) && !word;
  return TRUE;
}

typedef struct {
  LimberSignIn      asked;
  LimberSignInNeeds needs;
  LimberNewcomer    newcomer;
  LimberId          id;
} Way;

static gboolean
read_needs (LimberReader *reader, gpointer data, GError **error)
{
  Way *way = data;

  return limber_sign_in_needs (reader, &way->asked.staff, &way->needs, error);
}

/* Why somebody is let in, as of this day. @by: (nullable) */
static gboolean
write_cover (LimberTransaction *transaction, const LimberId *staff, const char *why, const char *reason, const LimberId *by, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  g_autofree char *author = limber_id_dup_text (by != NULL ? by : staff);
  g_auto (LimberStanding) standing = { 0 };
  char today[LIMBER_DATE_LENGTH + 1];
  LimberId id, here;

  if (!limber_reader_site (limber_transaction_reader (transaction), &here) || !limber_standing_read (&standing, limber_transaction_reader (transaction), &(LimberAuthor){ author, "" }, error))
    return FALSE;
  limber_date_of_time (limber_transaction_now (transaction), today);
  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("cover", &id);
  limber_edit_set_id (edit, "staff", staff);
  limber_edit_set_id (edit, "site", &here);
  limber_edit_set_text (edit, "why", why);
  limber_edit_set_text (edit, "from", today);
  limber_edit_set_text (edit, "until", today);
  limber_edit_set_text (edit, "reason", reason);
  if (by != NULL)
    limber_edit_set_id (edit, "by", by);
  limber_edit_set_integer (edit, "at", limber_transaction_now (transaction));
  return limber_transaction_edit (transaction, edit, &(LimberAuthor){ author, standing.journalled }, error);
}

static gboolean
check_voucher (LimberReader *reader, const LimberId *voucher, const LimberId *staff, GError **error)
{
  g_autofree char *author = limber_id_dup_text (voucher);

  if (staff != NULL && limber_id_equal (voucher, staff))
    return limber_error_refuse (error, _("Nobody can vouch for herself. Ask somebody else of the staff."));
  return limber_standing_check_here (reader, &(LimberAuthor){ author, "" }, LIMBER_ACTION_VOUCH, error);
}

/* In one transaction: all that she needs is written down, or nothing. */
static gboolean
let_in (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Way *way = data;
  const LimberSignIn *asked = &way->asked;
  gboolean code = way->needs.word && asked->voucher == NULL;

  if (asked->voucher != NULL && !check_voucher (limber_transaction_reader (transaction), asked->voucher, &asked->staff, error))
    return FALSE;
  if (code && !limber_sign_in_code_fits (limber_transaction_reader (transaction), &asked->staff, asked->question, asked->code)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, _("That is not the code for this computer, this person and this question. Have it read out again."));
    return FALSE;
  }
  if (way->needs.reason && !write_cover (transaction, &asked->staff, "cover", asked->reason, asked->voucher, error))
    return FALSE;
  return !way->needs.word || write_cover (transaction, &asked->staff, "offline", code ? _("Central gave a code by telephone.") : _("A colleague vouched for her."), asked->voucher, error);
}

static gboolean
check_reason (const char *reason, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (reason != NULL ? reason : ""));

  return g_utf8_strlen (trimmed, -1) >= LIMBER_SIGN_IN_REASON_SHORTEST || limber_error_refuse (error, _("Say in a few words why you work here today."));
}

static gboolean
check_asked (const Way *way, GError **error)
{
  if (way->needs.reason && !check_reason (way->asked.reason, error))
    return FALSE;
  if (!way->needs.word || way->asked.voucher != NULL || (way->asked.question != NULL && way->asked.code != NULL))
    return TRUE;
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED,
                       _("This computer has not heard from the central service for so long that it cannot know who has left. A colleague has to vouch for you, or central to give a code."));
  return FALSE;
}

/**
 * limber_sign_in:
 * @error: LIMBER_ERROR_UNAUTHORISED, as of limber_pin_verify(), or where a word is needed and was not given or is not good;
 *   LIMBER_ERROR_REFUSED where a reason is lacking
 *
 * Lets somebody in. For a worker thread: a PIN takes a tenth of a second.
 */
gboolean
limber_sign_in (LimberStore *store, const LimberSignIn *sign_in, GError **error)
{
  Way way = { .asked = *sign_in };

  if (!limber_store_read (store, read_needs, &way, error) || !limber_pin_verify (store, &sign_in->staff, sign_in->pin, error) || !check_asked (&way, error))
    return FALSE;
  if (!way.needs.word)
    way.asked.voucher = NULL;
  if (way.asked.voucher != NULL && !limber_pin_verify (store, way.asked.voucher, way.asked.voucher_pin != NULL ? way.asked.voucher_pin : "", error)) {
    g_prefix_error (error, "%s ", _("Of the colleague who vouches:"));
    return FALSE;
  }
  return (!way.needs.reason && !way.needs.word) || limber_store_write (store, let_in, &way, error);
}

/* Somebody new. */

/**
 * limber_sign_in_may_come:
 *
 * Returns: whether somebody who is not on this computer may be let in as @role: as nothing that says who may do what
 */
gboolean
limber_sign_in_may_come (LimberRole role)
{
  return !limber_role_may (role, LIMBER_ACTION_STAFF, TRUE) && !limber_role_may (role, LIMBER_ACTION_SEE_LIST, FALSE);
}

static char *
make_number (LimberEnv *env)
{
  g_autofree char *question = limber_sign_in_code_question (env);

  return g_strdup_printf ("TEMP-%s", question);
}

static gboolean
set_said (LimberEdit *edit, const char *field, const char *text, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *trimmed != '\0' ? limber_edit_parse (edit, field, trimmed, error) : limber_error_refuse (error, _("Type the first name and the surname."));
}

static gboolean
take_on (LimberTransaction *transaction, gpointer data, GError **error)
{
  Way *way = data;
  const LimberNewcomer *newcomer = &way->newcomer;
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *number = make_number (limber_transaction_env (transaction)), *author = limber_id_dup_text (newcomer->voucher);
  g_autoptr (LimberEdit) edit = NULL;
  g_auto (LimberStanding) standing = { 0 };
  char today[LIMBER_DATE_LENGTH + 1];
  LimberId here;

  if (!check_voucher (reader, newcomer->voucher, NULL, error) || !limber_standing_read (&standing, reader, &(LimberAuthor){ author, "" }, error))
    return FALSE;
  if (!limber_reader_site (reader, &here))
    return limber_error_refuse (error, _("This computer is at no site."));
  limber_date_of_time (limber_transaction_now (transaction), today);
  limber_id_init_new (&way->id, limber_transaction_env (transaction));
  edit = limber_edit_new ("staff", &way->id);
  limber_edit_set_text (edit, "number", number);
  if (!set_said (edit, "family", newcomer->family, error) || !set_said (edit, "given", newcomer->given, error))
    return FALSE;
  limber_edit_set_text (edit, "role", limber_role_word (newcomer->role));
  limber_edit_set_id (edit, "site", &here);
  limber_edit_set_text (edit, "until", today);
  return limber_transaction_edit (transaction, edit, &(LimberAuthor){ author, standing.journalled }, error) &&
         limber_pin_set_own (transaction, &way->id, newcomer->pin, limber_role_word (newcomer->role), error) &&
         write_cover (transaction, &way->id, "new", newcomer->reason, newcomer->voucher, error);
}

/**
 * limber_sign_in_newcomer:
 * @id: (out): the new member of staff, until the end of this day
 * @error: as of limber_sign_in()
 *
 * Lets somebody in who is not on this computer, on a colleague's word.
 */
gboolean
limber_sign_in_newcomer (LimberStore *store, const LimberNewcomer *newcomer, LimberId *id, GError **error)
{
  Way way = { .newcomer = *newcomer };

  if (!limber_sign_in_may_come (newcomer->role))
    return limber_error_refuse (error, _("Somebody who is not on this computer can be let in for the work of care and the desk only."));
  if (!check_reason (newcomer->reason, error) || !limber_pin_check (newcomer->pin, error) || !limber_pin_verify (store, newcomer->voucher, newcomer->voucher_pin, error) ||
      !limber_store_write (store, take_on, &way, error))
    return FALSE;
  *id = way.id;
  return TRUE;
}

/* For a screen. */

/* What was said, for a worker thread. */
typedef struct {
  gboolean       is_new;
  LimberSignIn   sign_in;
  LimberNewcomer newcomer;
  LimberId       voucher;
  GPtrArray     *texts; /* (owned): what both point at */
} Said;

static void
wipe (gpointer text)
{
  sodium_memzero (text, strlen (text));
  g_free (text);
}

static void
said_free (gpointer data)
{
  g_ptr_array_unref (((Said *) data)->texts);
  g_free (data);
}

static const char *
keep (Said *said, const char *text)
{
  char *copy = g_strdup (text);

  if (copy != NULL)
    g_ptr_array_add (said->texts, copy);
  return copy;
}

static Said *
new_said (const LimberId *voucher)
{
  Said *said = g_new0 (Said, 1);

  said->texts = g_ptr_array_new_with_free_func (wipe);
  if (voucher != NULL)
    said->voucher = *voucher;
  return said;
}

static void
in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Said *said = data;
  GError *error = NULL;
  LimberId id;

  if (said->is_new ? limber_sign_in_newcomer (source, &said->newcomer, &id, &error) : limber_sign_in (source, &said->sign_in, &error))
    g_task_return_pointer (task, limber_id_copy (said->is_new ? &id : &said->sign_in.staff), g_free);
  else
    g_task_return_error (task, error);
}

static void
run (LimberStore *store, Said *said, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, limber_sign_in_async);
  g_task_set_task_data (task, said, said_free);
  g_task_run_in_thread (task, in_thread);
}

/**
 * limber_sign_in_async:
 *
 * As limber_sign_in(), for a screen.
 */
void
limber_sign_in_async (LimberStore *store, const LimberSignIn *sign_in, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Said *said = new_said (sign_in->voucher);

  said->sign_in = (LimberSignIn){ sign_in->staff, keep (said, sign_in->pin), keep (said, sign_in->reason), sign_in->voucher != NULL ? &said->voucher : NULL,
                                  keep (said, sign_in->voucher_pin), keep (said, sign_in->question), keep (said, sign_in->code) };
  run (store, said, cancellable, callback, data);
}

gboolean
limber_sign_in_finish (LimberStore *store, GAsyncResult *result, GError **error)
{
  g_autofree LimberId *id = g_task_propagate_pointer (G_TASK (result), error);

  return id != NULL;
}

/**
 * limber_sign_in_newcomer_async:
 *
 * As limber_sign_in_newcomer(), for a screen.
 */
void
limber_sign_in_newcomer_async (LimberStore *store, const LimberNewcomer *newcomer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Said *said = new_said (newcomer->voucher);

  said->is_new = TRUE;
  said->newcomer = (LimberNewcomer){ keep (said, newcomer->family), keep (said, newcomer->given), newcomer->role, keep (said, newcomer->pin), keep (said, newcomer->reason), &said->voucher,
                                     keep (said, newcomer->voucher_pin) };
  run (store, said, cancellable, callback, data);
}

gboolean
limber_sign_in_newcomer_finish (LimberStore *store, GAsyncResult *result, LimberId *id, GError **error)
{
  g_autofree LimberId *made = g_task_propagate_pointer (G_TASK (result), error);

  if (made != NULL)
    *id = *made;
  return made != NULL;
}
