/* Invariant: what is saved stands in the place of what whoever typed it has seen. Where somebody else has changed it meanwhile, nothing is saved
 * until she has looked at that (SYNC.md rule 5: what is written over counts as seen). */
#include "limber-detail.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-identity.h"
#include "limber-standing.h"

static gboolean
refuse_detail (const LimberDetail *detail, GError **error, const char *why)
{
  /* Translators: what a field of a form is called; then what is wrong with what was typed there. */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: %s"), limber_detail_label (detail), why);
  return FALSE;
}

static gboolean
is_needed (const char *field)
{
  return g_str_equal (field, "family") || g_str_equal (field, "born");
}

/* @value: (out) (transfer full) */
static gboolean
read_change (LimberTransaction *transaction, const LimberDetailChange *change, const LimberDetail **detail, char **value, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autoptr (GError) why = NULL;

  *value = NULL;
  *detail = limber_detail_find (change->field);
  if (*detail == NULL) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("There is no detail “%s” of a person"), change->field);
    return FALSE;
  }
  limber_date_of_time (limber_transaction_now (transaction), today);
  if (g_str_equal (change->field, "nhs_number")) { /* what can be none is kept as it was typed: limber-identity.h */
    *value = g_strdup (change->typed);
    return TRUE;
  }
  if (!limber_detail_read (*detail, change->typed, today, value, &why))
    return refuse_detail (*detail, error, why->message);
  return **value != '\0' || !is_needed (change->field) || refuse_detail (*detail, error, _("this is needed"));
}

/* An approval to show where somebody lives is not given at a desk by the way. */
static gboolean
may_set (const LimberDetail *detail, const char *value, const LimberAuthor *author, GError **error)
{
  LimberRole role;

  if (!g_str_equal (detail->field, "restricted") || *value != '\0' || (limber_role_parse (author->role, &role) && role == LIMBER_ROLE_MANAGER))
    return TRUE;
  return limber_error_refuse (error, _("Only a manager can say that a person is no longer restricted."));
}

static gboolean
set_value (LimberEdit *edit, const LimberDetail *detail, const char *value, GError **error)
{
  if (detail->form == LIMBER_DETAIL_FLAG && *value == '\0')
    return limber_edit_parse (edit, detail->field, "0", error);
  return limber_edit_parse (edit, detail->field, value, error);
}

/* Registering. */

/**
 * limber_detail_register:
 * @details: what is known of her; each @base is passed over
 * @id: the new record's, a new one (limber_id_init_new())
 * @error: LIMBER_ERROR_REFUSED when a name or the birth date is lacking, or something cannot be
 *
 * Makes a record of somebody who is new, at this store's site. Whether she has one already is the caller's question
 * (limber_duplicates_find()).
 */
gboolean
limber_detail_register (LimberTransaction *transaction, const LimberDetailChange *details, guint n, const LimberAuthor *author, const LimberId *id, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  const char *number = "";
  gboolean names = FALSE, born = FALSE;
  LimberId site;

  if (!limber_standing_check_here (limber_transaction_reader (transaction), author, LIMBER_ACTION_REGISTER, error))
    return FALSE;
  edit = limber_edit_new ("patient", id);
  for (guint i = 0; i < n; i++) {
    const LimberDetail *detail;
    g_autofree char *value = NULL;

    if (!read_change (transaction, &details[i], &detail, &value, error))
      return FALSE;
    names = names || g_str_equal (detail->field, "family");
    born = born || g_str_equal (detail->field, "born");
    if (g_str_equal (detail->field, "nhs_number"))
      number = details[i].typed;
    else if (*value != '\0' && !set_value (edit, detail, value, error))
      return FALSE;
  }
  if (!names || !born)
    return limber_error_refuse (error, _("A surname and a date of birth are needed."));
  if (!limber_identity_set_nhs_number (edit, NULL, number, error))
    return FALSE;
  if (limber_reader_site (limber_transaction_reader (transaction), &site))
    limber_edit_set_id (edit, "site", &site);
  return limber_transaction_edit (transaction, edit, author, error);
}

/* Changing. */

typedef struct {
  LimberTransaction        *transaction;
  const LimberAuthor       *author;
  LimberRow                *person;  /* (unowned): as she is shown */
  const LimberDetailChange *changes;
  guint                     n;
} Saving;

static gboolean
check_seen (const Saving *saving, GError **error)
{
  for (guint i = 0; i < saving->n; i++) {
    const LimberDetailChange *change = &saving->changes[i];
    const LimberDetail *detail = limber_detail_find (change->field);
    g_autofree char *held = detail != NULL && change->base != NULL ? limber_detail_of (detail, saving->person) : NULL;

    if (held != NULL && !g_str_equal (held, change->base))
      return refuse_detail (detail, error, _("somebody else has changed it meanwhile. Nothing was saved. Look at it, and save again."));
  }
  return TRUE;
}

static gboolean
check_days (const Saving *saving, GError **error)
{
  const LimberDetail *born = limber_detail_find ("born"), *died = limber_detail_find ("died");
  g_autofree char *birth = limber_detail_of (born, saving->person), *death = limber_detail_of (died, saving->person);

  for (guint i = 0; i < saving->n; i++) {
    const LimberDetail *detail;
    g_autofree char *value = NULL;

    if (!read_change (saving->transaction, &saving->changes[i], &detail, &value, error) || !may_set (detail, value, saving->author, error))
      return FALSE;
    if (detail == born || detail == died) {
      g_free (detail == born ? birth : death);
      *(detail == born ? &birth : &death) = g_steal_pointer (&value);
    }
  }
  return *death == '\0' || strcmp (death, birth) >= 0 || limber_error_refuse (error, _("The day of death is before the day of birth."));
}

/* Of somebody with several records, what is true of any of them is shown (limber-queries.c): what is taken away is taken from each. */
static gboolean
is_of_any (const LimberDetail *detail)
{
  return detail->form == LIMBER_DETAIL_FLAG || detail->form == LIMBER_DETAIL_NEEDS || g_str_equal (detail->field, "died");
}

/* Those of @held that are among @needs. */
static char *
keep_needs (const char *held, const char *needs)
{
  g_auto (GStrv) all = g_strsplit (held, ";", -1), wanted = g_strsplit (needs, ";", -1);
  GString *kept = g_string_new (NULL);

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0' && g_strv_contains ((const char *const *) wanted, all[i]))
      g_string_append_printf (kept, "%s%s", kept->len > 0 ? ";" : "", all[i]);
  return g_string_free (kept, FALSE);
}

static gboolean
set_other (LimberEdit *edit, const LimberDetail *detail, LimberRow *other, const char *value, GError **error)
{
  g_autofree char *held = limber_detail_of (detail, other), *kept = NULL;

  if (*held == '\0')
    return TRUE;
  if (detail->form == LIMBER_DETAIL_NEEDS)
    kept = keep_needs (held, value);
  else if (*value == '\0')
    kept = g_strdup ("");
  return kept == NULL || set_value (edit, detail, kept, error);
}

static gboolean
save_record (const Saving *saving, LimberRow *row, gboolean shown, GError **error)
{
  const LimberId *id = limber_row_id (row, "id");
  g_autoptr (LimberRecord) held = limber_reader_get (limber_transaction_reader (saving->transaction), "patient", id, error);
  g_autoptr (LimberEdit) edit = held != NULL ? limber_edit_new ("patient", id) : NULL;

  for (guint i = 0; held != NULL && i < saving->n; i++) {
    const LimberDetail *detail;
    g_autofree char *value = NULL;
    gboolean set = TRUE;

    if (!read_change (saving->transaction, &saving->changes[i], &detail, &value, error))
      return FALSE;
    if (shown && g_str_equal (detail->field, "nhs_number"))
      set = limber_identity_set_nhs_number (edit, held, value, error);
    else if (shown)
      set = set_value (edit, detail, value, error);
    else if (is_of_any (detail))
      set = set_other (edit, detail, row, value, error);
    if (!set)
      return FALSE;
  }
  return held != NULL && (limber_edit_n_changes (edit) == 0 || limber_transaction_edit (saving->transaction, edit, saving->author, error));
}

/**
 * limber_detail_save:
 * @patient: any of her records; that which is shown is changed
 * @error: LIMBER_ERROR_REFUSED when something cannot be, or is no longer what its @base says; nothing is changed then
 *
 * Saves what somebody changed of a person's details, as one change.
 */
gboolean
limber_detail_save (LimberTransaction *transaction, const LimberId *patient, const LimberDetailChange *changes, guint n, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (GPtrArray) people = limber_reader_query (reader, "person", error, "d", patient), records = NULL;
  Saving saving = { transaction, author, people != NULL && people->len > 0 ? g_ptr_array_index (people, 0) : NULL, changes, n };

  if (people == NULL || !limber_standing_check_person (reader, author, LIMBER_ACTION_EDIT, patient, error))
    return FALSE;
  if (saving.person == NULL) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("This person is no longer on this computer, so nothing can be saved here."));
    return FALSE;
  }
  records = limber_reader_query (reader, "person-records", error, "d", patient);
  if (records == NULL || !check_seen (&saving, error) || !check_days (&saving, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!save_record (&saving, g_ptr_array_index (records, i), i == 0, error))
      return FALSE;
  return TRUE;
}
