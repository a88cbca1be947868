#include "limber-rights.h"

#include <glib/gi18n-lib.h>

#include "limber-reads.h"

/* What is not here is for everybody who may sign in: also who is in the building, when there is a fire. */
static const struct {
  const char  *name;
  LimberAction action;
} actions[] = {
  { "check-in", LIMBER_ACTION_CHECK_IN }, { "did-not-attend", LIMBER_ACTION_CHECK_IN }, { "undo-visit", LIMBER_ACTION_CHECK_IN }, { "find", LIMBER_ACTION_FIND },
  { "next-step", LIMBER_ACTION_CALL }, { "call-again", LIMBER_ACTION_CALL }, { "too-late", LIMBER_ACTION_CHECK_IN }, { "confirm", LIMBER_ACTION_ATTENDANCE },
  { "walk-in", LIMBER_ACTION_CHECK_IN }, { "print", LIMBER_ACTION_PRINT_LIST }, { "print-tomorrow", LIMBER_ACTION_PRINT_LIST }, { "retype", LIMBER_ACTION_CHECK_IN }, { "came", LIMBER_ACTION_CHECK_IN },
};

/* reads: whoever opens it, about somebody's id, reads that person's record. */
static const struct {
  const char  *name;
  LimberAction action;
  gboolean     reads;
} pages[] = {
  { "person", LIMBER_ACTION_READ, TRUE }, { "history", LIMBER_ACTION_READ, TRUE }, { "edit", LIMBER_ACTION_EDIT, TRUE }, { "refer", LIMBER_ACTION_REFER, TRUE },
  { "find", LIMBER_ACTION_FIND, FALSE }, { "compare", LIMBER_ACTION_MERGE, FALSE }, { "register", LIMBER_ACTION_REGISTER, FALSE }, { "tasks", LIMBER_ACTION_TASKS, FALSE },
  { "setup", LIMBER_ACTION_SETTINGS, FALSE },
};

/**
 * limber_rights_enables:
 * @member: (nullable): who is at work
 * @action: an action of the desk, of a visit or of the day, without its group
 *
 * Returns: whether her role leaves it enabled
 */
gboolean
limber_rights_enables (LimberStaffMember *member, const char *action)
{
  for (gsize i = 0; member != NULL && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, action))
      return limber_staff_member_may (member, actions[i].action);
  return TRUE;
}

/**
 * limber_rights_opens:
 * @page: a page's name
 * @why: (out) (transfer full): why it does not open: what she may not, and who may
 *
 * Returns: whether she may open it
 */
gboolean
limber_rights_opens (const LimberWork *work, const char *page, char **why)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    LimberAction action = pages[i].action;
    g_autofree char *who = NULL;

    if (!g_str_equal (pages[i].name, page) || limber_staff_member_may (work->member, action))
      continue;
    who = limber_action_who (action, TRUE);
    if (limber_action_with_glass (action) && limber_staff_member_may (work->member, LIMBER_ACTION_BREAK_GLASS))
      /* Translators: what is to be done, as “Open a person’s page”, and names of roles */
      *why = g_strdup_printf (_("%s: that is for %s. If it cannot wait, break glass and say why."), limber_action_title (action), who);
    else
      *why = g_strdup_printf (_("%s: that is for %s."), limber_action_title (action), who);
    return FALSE;
  }
  return TRUE;
}

/**
 * limber_rights_opened:
 * @about: (nullable): whom or what it shows
 *
 * Writes down that somebody's record was read, when it was.
 */
void
limber_rights_opened (const LimberWork *work, const char *page, const char *about)
{
  LimberAuthor author = limber_staff_member_author (work->member);
  LimberId patient;

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i].reads && g_str_equal (pages[i].name, page) && about != NULL && limber_id_parse (&patient, about))
      limber_reads_note_later (work->store, &patient, "page", &author);
}
