/* LimberDeskVisit: an appointment that staff do something with: what is so with it, what may not be done and why, and the
 * steps that the deeds have in common. Private to app/care. */
#pragma once

#include "limber-stage.h"
#include "limber-standing.h"

G_BEGIN_DECLS

typedef struct {
  LimberTransaction *transaction;
  LimberReader      *reader;
  LimberRecord      *appointment; /* (owned) */
  const char        *status;
  LimberTimes        times;       /* of the present round */
  gboolean           told;        /* whether somebody says when it was */
  gint64             at;          /* when it was, or now */
} LimberDeskVisit;

void     limber_desk_visit_clear           (LimberDeskVisit *visit);
gboolean limber_desk_visit_is_of_its_day   (const LimberDeskVisit *visit);
gboolean limber_desk_visit_init            (LimberDeskVisit *visit, LimberTransaction *transaction, const LimberId *appointment, gint64 at, LimberAction action,
                                            const LimberAuthor *author, GError **error);
gboolean limber_desk_visit_is              (const LimberDeskVisit *visit, const char *status);
LimberId limber_desk_visit_arrival_of      (const LimberRecord *appointment);
gboolean limber_desk_visit_refuse_moved_on (const LimberDeskVisit *visit, GError **error);
gboolean limber_desk_visit_is_checked_in   (const LimberDeskVisit *visit);
gboolean limber_desk_visit_refuse_came     (const LimberDeskVisit *visit, GError **error);
gboolean limber_desk_visit_refuse_not_here (const LimberDeskVisit *visit, GError **error);
gboolean limber_desk_visit_keep_coming     (const LimberDeskVisit *visit, const LimberAuthor *author, GError **error);
gboolean limber_desk_visit_set_attendance  (const LimberDeskVisit *visit, const char *status, const char *code, const char *why, const LimberAuthor *author, GError **error);
gboolean limber_desk_visit_set_status      (const LimberDeskVisit *visit, const char *status, const LimberAuthor *author, GError **error);
gboolean limber_desk_visit_reach           (const LimberDeskVisit *visit, const char *step, const LimberAuthor *author, GError **error);
gboolean limber_desk_visit_announce        (const LimberDeskVisit *visit, const LimberAuthor *author, GError **error);
gboolean limber_desk_visit_end_tasks       (const LimberDeskVisit *visit, const LimberAuthor *author, GError **error);
gboolean limber_desk_visit_reopen_tasks    (const LimberDeskVisit *visit, gboolean *any, const LimberAuthor *author, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberDeskVisit, limber_desk_visit_clear)

G_END_DECLS
