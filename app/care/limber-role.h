/* Roles: what somebody of the staff is, and what she may do for it, at her own site and at others: one table (limber-role.c), from which the
 * screens, limberctl and the tests have it. What it is asked about whom: limber-standing.h. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LIMBER_ROLE_RECEPTION,
  LIMBER_ROLE_PHYSIOTHERAPIST,
  LIMBER_ROLE_STUDENT,
  LIMBER_ROLE_EXERCISE_PROFESSIONAL,
  LIMBER_ROLE_JOINT_PAIN_ADVISOR,
  LIMBER_ROLE_FIRST_CONTACT,
  LIMBER_ROLE_NAVIGATOR,
  LIMBER_ROLE_MANAGER,
  LIMBER_ROLE_ADMINISTRATOR,
  LIMBER_N_ROLES
} LimberRole;

/**
 * LimberAction:
 * @LIMBER_ACTION_CHECK_IN: say that somebody came or did not, and take that back
 * @LIMBER_ACTION_CALL: call somebody in, say that she is in the room, or was seen
 * @LIMBER_ACTION_ATTENDANCE: say how a visit is coded
 * @LIMBER_ACTION_BOOK: book and move appointments
 * @LIMBER_ACTION_PLAN: say when whose clinics are
 * @LIMBER_ACTION_READ: open a person's page
 * @LIMBER_ACTION_FIND: ask central for somebody who is not here
 * @LIMBER_ACTION_MERGE: say whether two records are one person
 * @LIMBER_ACTION_VOUCH: vouch for a colleague who cannot sign in alone (limber-sign-in.h)
 * @LIMBER_ACTION_COVER: say beforehand who works at another site than hers
 * @LIMBER_ACTION_REVIEW_GLASS: look at who broke glass, and at who read a record
 */
typedef enum {
  LIMBER_ACTION_SEE_LIST,
  LIMBER_ACTION_CHECK_IN,
  LIMBER_ACTION_CALL,
  LIMBER_ACTION_ATTENDANCE,
  LIMBER_ACTION_BOOK,
  LIMBER_ACTION_CANCEL,
  LIMBER_ACTION_PLAN,
  LIMBER_ACTION_READ,
  LIMBER_ACTION_EDIT,
  LIMBER_ACTION_REGISTER,
  LIMBER_ACTION_FIND,
  LIMBER_ACTION_REFER,
  LIMBER_ACTION_MERGE,
  LIMBER_ACTION_TASKS,
  LIMBER_ACTION_CONFLICTS,
  LIMBER_ACTION_QUARANTINE,
  LIMBER_ACTION_PRINT_LIST,
  LIMBER_ACTION_PRINT_LETTER,
  LIMBER_ACTION_BREAK_GLASS,
  LIMBER_ACTION_REVIEW_GLASS,
  LIMBER_ACTION_VOUCH,
  LIMBER_ACTION_COVER,
  LIMBER_ACTION_STAFF,
  LIMBER_ACTION_PINS,
  LIMBER_ACTION_SETTINGS,
  LIMBER_ACTION_ROOMS,
  LIMBER_ACTION_DEVICES,
  LIMBER_ACTION_FORMS,
  LIMBER_ACTION_ERASE,
  LIMBER_N_ACTIONS
} LimberAction;

/* Longer ones hold what shorter ones hold. */
typedef enum {
  LIMBER_REACH_NONE,
  LIMBER_REACH_OWN, /* at her own site, and where she covers */
  LIMBER_REACH_ALL,
} LimberReach;

gboolean     limber_role_parse        (const char *word, LimberRole *role);
const char  *limber_role_word         (LimberRole role);
char        *limber_role_words        (const char *journalled);
LimberReach  limber_role_reach        (LimberRole role, LimberAction action);
gboolean     limber_role_may          (LimberRole role, LimberAction action, gboolean own_site);
const char  *limber_action_name       (LimberAction action);
const char  *limber_action_title      (LimberAction action);
gboolean     limber_action_parse      (const char *name, LimberAction *action);
gboolean     limber_action_with_glass (LimberAction action);
LimberAction limber_action_of_kind    (const char *kind, gboolean is_new);
char        *limber_action_who        (LimberAction action, gboolean own_site);

G_END_DECLS
