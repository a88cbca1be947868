/* Deeds: by what right an entry is written that sets these fields of this kind: one table (limber-deed.c), beside that of the roles. Each
 * deed of app/care that writes is in it; what it is asked about whom: limber-trust.h. */
#pragma once

#include "limber-entry.h"
#include "limber-role.h"

G_BEGIN_DECLS

/* Instead of an action: whoever is of the staff may. */
#define LIMBER_DEED_ANYBODYS LIMBER_N_ACTIONS

/* Of which site it is, when it is asked whether that is her own. */
typedef enum {
  LIMBER_DEED_HERE,        /* of the device's that wrote it */
  LIMBER_DEED_RECORD,      /* of the record's, as it says or as it is held */
  LIMBER_DEED_EVERYWHERE,  /* of the record's; of a record that names none it is nobody's own */
  LIMBER_DEED_APPOINTMENT, /* of that of the appointment that it names */
  LIMBER_DEED_PERSON,      /* of the device's; of a device without one that which the person belongs to */
  LIMBER_DEED_NOWHERE,     /* of everybody's */
} LimberDeedPlace;

/* When it is such a deed. */
typedef enum {
  LIMBER_DEED_IF_NEW = 1 << 0,      /* the record is made by it */
  LIMBER_DEED_IF_WALK_IN = 1 << 1,  /* of somebody who came without an appointment */
  LIMBER_DEED_IF_TRIAGE = 1 << 2,   /* a task of a referral */
  LIMBER_DEED_IF_HER_OWN = 1 << 3,  /* the author's: the record is herself, or names her as its staff */
  LIMBER_DEED_IF_OTHERS = 1 << 4,   /* somebody else's */
  LIMBER_DEED_IF_A_DAY = 1 << 5,    /* from its first moment to its last it is not longer */
  LIMBER_DEED_IF_NEWCOMER = 1 << 6, /* as somebody whom a colleague may let in */
  LIMBER_DEED_IF_HER_WORD = 1 << 7, /* by: the author */
} LimberDeedIf;

/**
 * LimberDeed:
 * @fields: what it sets, by spaces: a name, or name=word|word for those values alone (nothing, where a word is lacking); * for all that
 *   the kind has
 *
 * A deed sets some of @fields; what is as it should be already is in no entry.
 */
typedef struct {
  const char     *kind;
  const char     *fields;
  LimberAction    action;
  LimberDeedPlace place;
  LimberDeedIf    when;
} LimberDeed;

const LimberDeed *limber_deeds              (guint *n);
LimberDeed        limber_deed_of_kind       (const LimberKind *kind, gboolean is_new);
const LimberDeed *limber_deed_of_field      (const char *kind, const char *field);
gboolean          limber_deed_sets          (const LimberDeed *deed, const LimberKind *kind, const GArray *changes);
gboolean          limber_deed_of_program    (const char *author, LimberClass klass, const LimberKind *kind, const GArray *changes);

G_END_DECLS
