/* LimberVisit: one appointment of the day as the desk shows it: its words, and what changes with the clock. */
#pragma once

#include "limber-row.h"
#include "limber-turns.h"

G_BEGIN_DECLS

/* The words of an appointment's status, in their order (limber-kinds.c). */
typedef enum {
  LIMBER_VISIT_BOOKED,
  LIMBER_VISIT_CANCELLED,
  LIMBER_VISIT_DID_NOT_ATTEND,
  LIMBER_VISIT_ARRIVED,
  LIMBER_VISIT_CALLED,
  LIMBER_VISIT_WITH_CLINICIAN,
  LIMBER_VISIT_SEEN,
} LimberVisitStatus;

/* Where a visit stands in the list: people who need somebody, people who wait, people who are expected, people who are done with. */
typedef enum {
  LIMBER_VISIT_NEEDS_YOU,
  LIMBER_VISIT_HERE,
  LIMBER_VISIT_EXPECTED,
  LIMBER_VISIT_OVER,
} LimberVisitGroup;

#define LIMBER_TYPE_VISIT (limber_visit_get_type ())
G_DECLARE_FINAL_TYPE (LimberVisit, limber_visit, LIMBER, VISIT, GObject)

LimberVisit      *limber_visit_new              (LimberRow *row, gint64 now);
LimberRow        *limber_visit_get_row          (LimberVisit *visit);
const LimberId   *limber_visit_get_id           (LimberVisit *visit);
const char       *limber_visit_get_name         (LimberVisit *visit);
LimberVisitStatus limber_visit_get_status       (LimberVisit *visit);
const char       *limber_visit_get_status_word  (LimberVisit *visit);
LimberVisitGroup  limber_visit_get_group        (LimberVisit *visit);
gint64            limber_visit_get_start        (LimberVisit *visit);
gint64            limber_visit_get_arrived      (LimberVisit *visit);
gboolean          limber_visit_has_task         (LimberVisit *visit);
gint64            limber_visit_get_came         (LimberVisit *visit);
LimberTurn        limber_visit_get_turn         (LimberVisit *visit);
const char       *limber_visit_get_attendance   (LimberVisit *visit);
const char       *limber_visit_get_suggestion   (LimberVisit *visit);
int               limber_visit_get_waiting      (LimberVisit *visit);
int               limber_visit_get_late         (LimberVisit *visit);
gboolean          limber_visit_is_long_wait     (LimberVisit *visit);
gboolean          limber_visit_came_cancelled   (LimberVisit *visit);
gboolean          limber_visit_can_check_in     (LimberVisit *visit);
gboolean          limber_visit_can_undo         (LimberVisit *visit);
gboolean          limber_visit_can_be_absent    (LimberVisit *visit);
gboolean          limber_visit_can_be_too_late  (LimberVisit *visit);
char             *limber_visit_dup_spoken_name  (LimberVisit *visit);
char             *limber_visit_dup_with         (LimberVisit *visit);
char             *limber_visit_dup_status_text  (LimberVisit *visit);
char             *limber_visit_dup_waiting_text (LimberVisit *visit);
char             *limber_visit_dup_times_text   (LimberVisit *visit);
char             *limber_visit_dup_calling_text   (LimberVisit *visit);
char             *limber_visit_dup_delay_text   (LimberVisit *visit);
char             *limber_visit_dup_needs        (LimberVisit *visit);
char             *limber_visit_dup_mark         (LimberVisit *visit);
char             *limber_visit_dup_description  (LimberVisit *visit);
void              limber_visit_set_now          (LimberVisit *visit, gint64 now);
void              limber_visit_set_turns        (LimberVisit *visit, const GArray *turns);
void              limber_visit_set_attention    (LimberVisit *visit, const char *about, gint64 made);
int               limber_visit_compare          (LimberVisit *a, LimberVisit *b);

/* Signal: "changed": any of the words above may read otherwise now. */

G_END_DECLS
