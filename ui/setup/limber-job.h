/* LimberJob: long work in a thread of its own, that shows how far it is and can be stopped. Main thread only, but for
 * limber_job_tell() and limber_job_cancellable(). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_JOB (limber_job_get_type ())
G_DECLARE_FINAL_TYPE (LimberJob, limber_job, LIMBER, JOB, GObject)

/* In the thread. Returns: (transfer full): what it made; NULL with @error set, and only then */
typedef gpointer (*LimberJobFunc) (LimberJob *job, gpointer data, GError **error);

LimberJob    *limber_job_new         (LimberJobFunc func, gpointer data, GDestroyNotify destroy, GDestroyNotify free_result);
void          limber_job_start       (LimberJob *job);
void          limber_job_stop        (LimberJob *job);
void          limber_job_tell        (LimberJob *job, double done);
double        limber_job_get_done    (LimberJob *job);
GCancellable *limber_job_cancellable (LimberJob *job);
gpointer      limber_job_finish      (LimberJob *job, GError **error);

/* Signals:
 *   "progress" (double done): of 1; below 0 while nobody can say
 *   "ended": it is done, or stopped, or failed: limber_job_finish() says which */

G_END_DECLS
