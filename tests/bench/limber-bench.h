/* What the benches share: samples, percentiles, the disk's own sync as a yardstick, one line of JSON a figure. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

typedef struct _LimberBenchDisk LimberBenchDisk;

gint64           limber_bench_now        (void);
double           limber_bench_percentile (GArray *samples, double part);
void             limber_bench_print      (const char *figure, GArray *samples, const char *more, ...) G_GNUC_PRINTF (3, 4);
gboolean         limber_bench_hold       (const char *figure, double seen, double limit);

void             limber_bench_run_for    (guint seconds);
void             limber_bench_write      (LimberStore *store, LimberWriteFunc func, gpointer data);

LimberBenchDisk *limber_bench_disk_new   (const char *dir);
gint64           limber_bench_disk_sync  (LimberBenchDisk *disk);
void             limber_bench_disk_free  (LimberBenchDisk *disk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberBenchDisk, limber_bench_disk_free)

G_END_DECLS
