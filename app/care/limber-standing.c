#include "limber-standing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-person.h"

void
limber_standing_clear (LimberStanding *standing)
{
  g_clear_pointer (&standing->covers, g_array_unref);
}

/**
 * limber_standing_is_over:
 * @staff: of the kind
 *
 * Returns: whether she has left, or her last day is over
 */
gboolean
limber_standing_is_over (const LimberRecord *staff, gint64 now)
{
  const char *until = limber_record_text (staff, "until");
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now, today);
  return limber_record_integer (staff, "left") != 0 || (until != NULL && strcmp (until, today) < 0);
}

static gboolean
read_covers (LimberStanding *standing, LimberReader *reader, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autoptr (GPtrArray) rows = NULL;

  limber_date_of_time (limber_reader_now (reader), today);
  rows = limber_reader_query (reader, "covers-of-staff", error, "dt", &standing->staff, today);
  if (rows == NULL)
    return FALSE;
  standing->covers = g_array_new (FALSE, FALSE, sizeof (LimberId));
  for (guint i = 0; i < rows->len; i++)
    g_array_append_val (standing->covers, *limber_row_id (g_ptr_array_index (rows, i), "site"));
  return TRUE;
}

static gboolean
read_glass (LimberStanding *standing, LimberReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "glass-of-staff", error, "di", &standing->staff, limber_reader_now (reader));

  if (rows != NULL && rows->len > 0)
    standing->glass = limber_row_integer (g_ptr_array_index (rows, 0), "until");
  return rows != NULL;
}

static gboolean
covers (const LimberStanding *standing, const LimberId *site)
{
  for (guint i = 0; standing->covers != NULL && i < standing->covers->len; i++)
    if (limber_id_equal (&g_array_index (standing->covers, LimberId, i), site))
      return TRUE;
  return FALSE;
}

/* Whoever only covers where this store is, and whoever has broken glass, is marked in all that she does. */
static void
set_journalled (LimberStanding *standing, LimberReader *reader, const char *role)
{
  LimberId here;
  gboolean cover = limber_reader_site (reader, &here) && covers (standing, &here);
  gsize length = strcspn (role, "+");

  g_snprintf (standing->journalled, sizeof standing->journalled, "%.*s%s%s", (int) length, role, cover ? "+cover" : "", standing->glass != 0 ? "+glass" : "");
}

/* Who is not among the staff here (erased since she signed in) is what the program says. */
static gboolean
read_staff (LimberStanding *standing, LimberReader *reader, const LimberRecord *staff, const char *said, GError **error)
{
  const char *role = staff != NULL ? limber_record_text (staff, "role") : said;
  const LimberId *site = staff != NULL ? limber_record_id (staff, "site") : NULL;

  if (staff != NULL && limber_standing_is_over (staff, limber_reader_now (reader))) {
    g_autofree char *name = limber_person_spoken (limber_record_text (staff, "given"), limber_record_text (staff, "family"));

    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, _("%s has left the service"), name);
    return FALSE;
  }
  standing->has_role = limber_role_parse (role, &standing->role);
  standing->has_site = site != NULL;
  if (site != NULL)
    standing->site = *site;
  if (!read_covers (standing, reader, error) || !read_glass (standing, reader, error))
    return FALSE;
  set_journalled (standing, reader, role != NULL ? role : "");
  return TRUE;
}

/**
 * limber_standing_read:
 * @standing: (out): all zero before
 * @author: who does something
 * @error: LIMBER_ERROR_UNAUTHORISED when she has left
 *
 * Reads by what right somebody does something.
 */
gboolean
limber_standing_read (LimberStanding *standing, LimberReader *reader, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) staff = NULL;

  standing->is_staff = limber_id_parse (&standing->staff, author->author);
  g_strlcpy (standing->journalled, author->role != NULL ? author->role : "", sizeof standing->journalled);
  if (!standing->is_staff)
    return TRUE;
  if (!limber_reader_find (reader, limber_kind_by_name ("staff"), &standing->staff, &staff, error))
    return FALSE;
  return read_staff (standing, reader, staff, author->role, error);
}

/**
 * limber_standing_is_own_site:
 * @site: (nullable): where something is done; nowhere is everybody's own
 *
 * Returns: whether that is her own site: it is hers, she covers there, or she is of no site, which is of all
 */
gboolean
limber_standing_is_own_site (const LimberStanding *standing, const LimberId *site)
{
  return site == NULL || !standing->has_site || limber_id_equal (&standing->site, site) || covers (standing, site);
}

/**
 * limber_standing_may:
 * @site: (nullable): where
 *
 * Returns: whether she may do it
 */
gboolean
limber_standing_may (const LimberStanding *standing, LimberAction action, const LimberId *site)
{
  if (!standing->is_staff)
    return TRUE;
  if (standing->has_role && limber_role_may (standing->role, action, limber_standing_is_own_site (standing, site)))
    return TRUE;
  return standing->glass != 0 && limber_action_with_glass (action);
}

static void
refuse (const LimberStanding *standing, LimberAction action, const LimberId *site, GError **error)
{
  gboolean own = limber_standing_is_own_site (standing, site), elsewhere = !own && standing->has_role && limber_role_may (standing->role, action, TRUE);
  gboolean glass = limber_action_with_glass (action) && standing->has_role && limber_role_may (standing->role, LIMBER_ACTION_BREAK_GLASS, own);
  g_autofree char *who = limber_action_who (action, own), *words = standing->has_role ? limber_role_words (limber_role_word (standing->role)) : NULL, *why = NULL;

  if (!standing->has_role)
    why = g_strdup_printf (_("%s: this Limber does not know your role. Have it brought up to date."), limber_action_title (action));
  else if (elsewhere)
    /* Translators: what is to be done, as “Check people in”, and names of roles */
    why = g_strdup_printf (_("%s: that is for another site than yours. There this may be done by its own staff, by who covers there, and by: %s."), limber_action_title (action),
                           *who != '\0' ? who : _("nobody else"));
  else
    /* Translators: what is to be done, as “Check people in”, a role, and names of roles */
    why = g_strdup_printf (_("%s: that is not for your role, %s. This may be done by: %s."), limber_action_title (action), words, who);
  if (glass) {
    g_autofree char *plain = g_steal_pointer (&why);

    /* Translators: after a sentence that says why something may not be done */
    why = g_strdup_printf (_("%s If it cannot wait, break glass and say why."), plain);
  }
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, why);
}

/**
 * limber_standing_check:
 * @author: who is to do it
 * @site: (nullable): where
 * @error: LIMBER_ERROR_UNAUTHORISED, which says who may
 *
 * Returns: whether she may do it
 */
gboolean
limber_standing_check (LimberReader *reader, const LimberAuthor *author, LimberAction action, const LimberId *site, GError **error)
{
  g_auto (LimberStanding) standing = { 0 };

  if (!limber_standing_read (&standing, reader, author, error))
    return FALSE;
  if (limber_standing_may (&standing, action, site))
    return TRUE;
  refuse (&standing, action, site, error);
  return FALSE;
}

/**
 * limber_standing_check_here:
 *
 * As limber_standing_check(), of what is done at this store's site; a store without one is everybody's.
 */
gboolean
limber_standing_check_here (LimberReader *reader, const LimberAuthor *author, LimberAction action, GError **error)
{
  LimberId site;

  return limber_standing_check (reader, author, action, limber_reader_site (reader, &site) ? &site : NULL, error);
}

/**
 * limber_standing_check_decision:
 * @action: to decide between two answers, or on what was put aside
 * @kind: (nullable): of the record that it is about
 *
 * As limber_standing_check_here(). What not even broken glass allows, as others' rights, is no right of hers by that: she needs that right too.
 */
gboolean
limber_standing_check_decision (LimberReader *reader, const LimberAuthor *author, LimberAction action, const char *kind, GError **error)
{
  LimberAction own = kind != NULL ? limber_action_of_kind (kind, FALSE) : action;

  return limber_standing_check_here (reader, author, action, error) && (kind == NULL || limber_action_with_glass (own) || limber_standing_check_here (reader, author, own, error));
}

/**
 * limber_standing_check_person:
 * @patient: about whom it is
 *
 * As limber_standing_check(). Whom a site's store holds is that site's; elsewhere she is of the site that she belongs to, else of that of
 * her last appointment.
 */
gboolean
limber_standing_check_person (LimberReader *reader, const LimberAuthor *author, LimberAction action, const LimberId *patient, GError **error)
{
  LimberId here;
  g_autoptr (GPtrArray) rows = NULL;

  if (limber_reader_site (reader, &here))
    return limber_standing_check (reader, author, action, &here, error);
  rows = limber_reader_query (reader, "site-of-person", error, "d", patient);
  if (rows == NULL)
    return FALSE;
  return limber_standing_check (reader, author, action, rows->len > 0 ? limber_row_id (g_ptr_array_index (rows, 0), "site") : NULL, error);
}
