/* Clinics: when and where somebody sees people, week by week; and the days on which nobody does. A clinic goes by the clock on
 * the wall, so that nine o'clock stays nine o'clock when the clocks change. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_CLINIC_LONGEST 1100 /* days ahead that anything is planned */

/**
 * LimberClinic:
 * @place: the nil id for none
 * @name: (nullable): what people call it
 * @first: its first day, YYYY-MM-DD; it keeps that weekday
 * @last: (nullable): its last day; %NULL until further notice
 * @every: weeks from one to the next; 0 for its first day alone
 * @begins: minutes after midnight, by the clock on the wall; so @ends
 * @minutes: from one free time to the next
 * @types: (nullable): of which appointments, as new;follow-up; %NULL for all
 */
typedef struct {
  LimberId    site, clinician, place;
  const char *name;
  const char *first, *last;
  int         every, begins, ends, minutes;
  const char *types;
} LimberClinic;

/**
 * LimberClosure:
 * @site: the nil id for everywhere
 * @clinician: the nil id for everybody
 * @name: why, as people say it
 */
typedef struct {
  LimberId    site, clinician;
  const char *first, *last, *name;
} LimberClosure;

gboolean   limber_clinic_add        (LimberTransaction *transaction, const LimberClinic *clinic, LimberId *id, const LimberAuthor *author, GError **error);
gboolean   limber_clinic_change     (LimberTransaction *transaction, const LimberId *id, const LimberClinic *clinic, const LimberAuthor *author, GError **error);
gboolean   limber_clinic_end        (LimberTransaction *transaction, const LimberId *id, const char *last, const LimberAuthor *author, GError **error);
GPtrArray *limber_clinics_read      (LimberReader *reader, const LimberId *site, const char *first, const char *last, GError **error);
gboolean   limber_clinic_is_on      (LimberRow *clinic, const char *date);
gboolean   limber_clinic_takes      (LimberRow *clinic, const char *type);

void       limber_closure_id        (const LimberClosure *closure, LimberId *id);
gboolean   limber_closure_add       (LimberTransaction *transaction, const LimberClosure *closure, LimberId *id, const LimberAuthor *author, GError **error);
gboolean   limber_closure_take_back (LimberTransaction *transaction, const LimberId *id, const LimberAuthor *author, GError **error);
LimberRow *limber_closure_of        (GPtrArray *closures, const LimberId *site, const LimberId *clinician, const char *date);
gint64     limber_closure_count_booked (LimberReader *reader, const LimberClosure *closure);

G_END_DECLS
