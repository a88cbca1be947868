/* What other programs cost while a bench talks to them: memory, descriptors, time of the processors. A process is named by its number as
 * text; a family is that process and its children, such as nginx with its workers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint64 memory;      /* kB; what is shared is counted in part */
  guint   descriptors;
  double  seconds;     /* of processor time since it began */
} LimberBenchUse;

guint64 limber_bench_process_memory (const char *process);
void    limber_bench_process_use    (const char *process, LimberBenchUse *use);
void    limber_bench_family_use     (const char *process, LimberBenchUse *use);
double  limber_bench_own_seconds    (void);

G_END_DECLS
