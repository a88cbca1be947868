/* The table. A role that is not among the words of the kind `staff`, as a newer Limber may have one, may do nothing. */
#include "limber-role.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-person.h"

static const char *const words[] = {
  [LIMBER_ROLE_RECEPTION] = "reception",
  [LIMBER_ROLE_PHYSIOTHERAPIST] = "physiotherapist",
  [LIMBER_ROLE_STUDENT] = "physio-student",
  [LIMBER_ROLE_EXERCISE_PROFESSIONAL] = "exercise-professional",
  [LIMBER_ROLE_JOINT_PAIN_ADVISOR] = "joint-pain-advisor",
  [LIMBER_ROLE_FIRST_CONTACT] = "first-contact-practitioner",
  [LIMBER_ROLE_NAVIGATOR] = "care-navigator",
  [LIMBER_ROLE_MANAGER] = "service-manager",
  [LIMBER_ROLE_ADMINISTRATOR] = "administrator",
};
G_STATIC_ASSERT (G_N_ELEMENTS (words) == LIMBER_N_ROLES);

/* may: a letter a role, in the order of LimberRole: o at her own site, a at all, - nowhere. glass: whether broken glass allows it too:
 * what care needs at once, never what makes others' rights, looks at others' deeds or cannot be taken back. */
typedef struct {
  const char *name;
  const char *title;
  const char *may;
  gboolean    glass;
} Row;

static const Row rows[] = {
  /*                                                                                    RPSEJFNMA */
  [LIMBER_ACTION_SEE_LIST] = { "see-list", N_("See the day’s list"),                   "ooooooaao", TRUE },
  [LIMBER_ACTION_CHECK_IN] = { "check-in", N_("Check people in"),                      "ooooooaa-", TRUE },
  [LIMBER_ACTION_CALL] = { "call", N_("Call people in"),                               "ooooooaa-", TRUE },
  [LIMBER_ACTION_ATTENDANCE] = { "attendance", N_("Say how a visit is coded"),         "oo-oooaa-", TRUE },
  [LIMBER_ACTION_BOOK] = { "book", N_("Book and move appointments"),                   "ao-oooaa-", TRUE },
  [LIMBER_ACTION_CANCEL] = { "cancel", N_("Cancel appointments"),                      "ao-oooaa-", TRUE },
  [LIMBER_ACTION_PLAN] = { "plan", N_("Say when clinics are"),                         "o-----aao", FALSE },
  [LIMBER_ACTION_READ] = { "read", N_("Open a person’s page"),                         "ooooooaa-", TRUE },
  [LIMBER_ACTION_EDIT] = { "edit", N_("Change a person’s details"),                    "ooooooaa-", TRUE },
  [LIMBER_ACTION_REGISTER] = { "register", N_("Register somebody new"),                "ooooooaa-", TRUE },
  [LIMBER_ACTION_FIND] = { "find", N_("Ask central for somebody"),                     "oo-oooaa-", TRUE },
  [LIMBER_ACTION_REFER] = { "refer", N_("Take down a referral"),                       "ooo-ooaa-", TRUE },
  [LIMBER_ACTION_MERGE] = { "merge", N_("Say whether two records are one person"),     "oo--ooaa-", FALSE },
  [LIMBER_ACTION_TASKS] = { "tasks", N_("Do tasks"),                                   "ooooooaa-", TRUE },
  [LIMBER_ACTION_CONFLICTS] = { "conflicts", N_("Decide between two answers"),         "oo---oaa-", FALSE },
  [LIMBER_ACTION_QUARANTINE] = { "quarantine", N_("Decide on what was put aside"),     "o-----aa-", FALSE },
  [LIMBER_ACTION_PRINT_LIST] = { "print-list", N_("Print the day’s list"),             "oo-oooaa-", TRUE },
  [LIMBER_ACTION_PRINT_LETTER] = { "print-letter", N_("Print letters"),                "ooooooaa-", TRUE },
  [LIMBER_ACTION_BREAK_GLASS] = { "break-glass", N_("Break glass"),                    "aa-aaaaa-", FALSE },
  [LIMBER_ACTION_REVIEW_GLASS] = { "review-glass", N_("See who broke glass and who read a record"), "-------a-", FALSE },
  [LIMBER_ACTION_VOUCH] = { "vouch", N_("Vouch for a colleague"),                      "oo-oooaao", FALSE },
  [LIMBER_ACTION_COVER] = { "cover", N_("Say who works at another site"),              "-------aa", FALSE },
  [LIMBER_ACTION_STAFF] = { "staff", N_("Say who is of the staff, and as what"),       "-------aa", FALSE },
  [LIMBER_ACTION_PINS] = { "pins", N_("Set others’ PINs"),                             "-------aa", FALSE },
  [LIMBER_ACTION_SETTINGS] = { "settings", N_("Change how a site works"),              "-------aa", FALSE },
  [LIMBER_ACTION_ROOMS] = { "rooms", N_("Change rooms"),                               "-------aa", FALSE },
  [LIMBER_ACTION_DEVICES] = { "devices", N_("Add computers and screens, or shut them out"), "-------aa", FALSE },
  [LIMBER_ACTION_FORMS] = { "forms", N_("Publish questions and advice"),               "-------a-", FALSE },
  [LIMBER_ACTION_ERASE] = { "erase", N_("Have something forgotten for ever"),          "-------a-", FALSE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rows) == LIMBER_N_ACTIONS);

/* By what right a record of a kind is made or changed as such. */
static const struct {
  const char  *kind;
  LimberAction made, changed;
} by_kind[] = {
  { "patient", LIMBER_ACTION_REGISTER, LIMBER_ACTION_EDIT },
  { "appointment", LIMBER_ACTION_BOOK, LIMBER_ACTION_BOOK },
  { "arrival", LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_CHECK_IN },
  { "stage", LIMBER_ACTION_CALL, LIMBER_ACTION_CALL },
  { "call", LIMBER_ACTION_CALL, LIMBER_ACTION_CALL },
  { "answers", LIMBER_ACTION_EDIT, LIMBER_ACTION_EDIT },
  { "referral", LIMBER_ACTION_REFER, LIMBER_ACTION_REFER },
  { "task", LIMBER_ACTION_TASKS, LIMBER_ACTION_TASKS },
  { "clinic", LIMBER_ACTION_PLAN, LIMBER_ACTION_PLAN },
  { "closure", LIMBER_ACTION_PLAN, LIMBER_ACTION_PLAN },
  { "place", LIMBER_ACTION_ROOMS, LIMBER_ACTION_ROOMS },
  { "staff", LIMBER_ACTION_STAFF, LIMBER_ACTION_STAFF },
  { "cover", LIMBER_ACTION_COVER, LIMBER_ACTION_COVER },
  { "glass", LIMBER_ACTION_REVIEW_GLASS, LIMBER_ACTION_REVIEW_GLASS },
  { "device", LIMBER_ACTION_DEVICES, LIMBER_ACTION_DEVICES },
  { "practice", LIMBER_ACTION_EDIT, LIMBER_ACTION_EDIT },
  { "questionnaire", LIMBER_ACTION_FORMS, LIMBER_ACTION_FORMS },
  { "erasure", LIMBER_ACTION_ERASE, LIMBER_ACTION_ERASE },
};

/**
 * limber_role_parse:
 * @word: (nullable): a staff member's role, or that with the marks that a journal gives it (limber-standing.h)
 * @role: (out): which that is
 *
 * Returns: whether it is one that this Limber knows
 */
gboolean
limber_role_parse (const char *word, LimberRole *role)
{
  gsize length = word != NULL ? strcspn (word, "+") : 0;

  for (guint i = 0; i < LIMBER_N_ROLES; i++)
    if (strlen (words[i]) == length && strncmp (words[i], word, length) == 0) {
      *role = i;
      return TRUE;
    }
  return FALSE;
}

/**
 * limber_role_word:
 *
 * Returns: the role as the kind `staff` has it
 */
const char *
limber_role_word (LimberRole role)
{
  return words[role];
}

/**
 * limber_role_words:
 * @journalled: (nullable): a role as an entry has it
 *
 * Returns: (transfer full): that for people: "Physiotherapist", "Physiotherapist, from another site", "Receptionist, with glass broken"
 */
char *
limber_role_words (const char *journalled)
{
  g_auto (GStrv) parts = g_strsplit (journalled != NULL ? journalled : "", "+", -1);
  const char *role = limber_person_role (parts[0]);
  gboolean cover = parts[0] != NULL && g_strv_contains ((const char *const *) parts + 1, "cover"), glass = parts[0] != NULL && g_strv_contains ((const char *const *) parts + 1, "glass");

  if (cover && glass)
    /* Translators: %s is what somebody is, as "Physiotherapist". */
    return g_strdup_printf (_("%s, as cover, with glass broken"), role);
  if (cover)
    return g_strdup_printf (_("%s, as cover"), role);
  return glass ? g_strdup_printf (_("%s, with glass broken"), role) : g_strdup (role);
}

/**
 * limber_role_reach:
 *
 * Returns: how far a role's right to do something goes
 */
LimberReach
limber_role_reach (LimberRole role, LimberAction action)
{
  char may = rows[action].may[role];

  return may == 'a' ? LIMBER_REACH_ALL : may == 'o' ? LIMBER_REACH_OWN : LIMBER_REACH_NONE;
}

/**
 * limber_role_may:
 * @own_site: whether it is at her own site, or where she covers
 *
 * Returns: whether the table says yes
 */
gboolean
limber_role_may (LimberRole role, LimberAction action, gboolean own_site)
{
  return limber_role_reach (role, action) >= (own_site ? LIMBER_REACH_OWN : LIMBER_REACH_ALL);
}

/**
 * limber_action_name:
 *
 * Returns: what scripts call it
 */
const char *
limber_action_name (LimberAction action)
{
  return rows[action].name;
}

/**
 * limber_action_title:
 *
 * Returns: what people call it
 */
const char *
limber_action_title (LimberAction action)
{
  return _(rows[action].title);
}

/**
 * limber_action_parse:
 * @name: as scripts call it
 *
 * Returns: whether there is such an action
 */
gboolean
limber_action_parse (const char *name, LimberAction *action)
{
  for (guint i = 0; i < LIMBER_N_ACTIONS; i++)
    if (g_strcmp0 (rows[i].name, name) == 0) {
      *action = i;
      return TRUE;
    }
  return FALSE;
}

/**
 * limber_action_with_glass:
 *
 * Returns: whether broken glass allows it to whoever else may not
 */
gboolean
limber_action_with_glass (LimberAction action)
{
  return rows[action].glass;
}

/**
 * limber_action_of_kind:
 * @is_new: whether the record is made, not changed
 *
 * Returns: by what right a record of @kind is written as such; of what nothing is said here: how the site works
 */
LimberAction
limber_action_of_kind (const char *kind, gboolean is_new)
{
  for (gsize i = 0; i < G_N_ELEMENTS (by_kind); i++)
    if (g_str_equal (by_kind[i].kind, kind))
      return is_new ? by_kind[i].made : by_kind[i].changed;
  return LIMBER_ACTION_SETTINGS;
}

/**
 * limber_action_who:
 *
 * Returns: (transfer full): who may do it there, in words, by semicolons
 */
char *
limber_action_who (LimberAction action, gboolean own_site)
{
  GString *who = g_string_new (NULL);

  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    if (limber_role_may (role, action, own_site))
      g_string_append_printf (who, "%s%s", who->len > 0 ? ", " : "", limber_person_role (words[role]));
  return g_string_free (who, FALSE);
}
