/* The yardstick of a push, of a first sync and of an import: what SQLite itself needs to write what a store has written, with the same
 * schema, indexes and settings, from values that are in memory, by statements that are prepared. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

typedef struct _LimberBenchRows LimberBenchRows;

LimberBenchRows *limber_bench_rows_of_entries (const char *path, LimberEnv *env, const LimberId *devices, guint n);
LimberBenchRows *limber_bench_rows_of_records (const char *path, LimberEnv *env);
void             limber_bench_rows_free       (LimberBenchRows *rows);
guint            limber_bench_rows_count      (LimberBenchRows *rows);
double           limber_bench_rows_write      (LimberBenchRows *rows, const char *path, LimberEnv *env, guint batch);
double           limber_bench_rows_copy       (const char *from, const char *to, LimberEnv *env, guint batch, double *processor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberBenchRows, limber_bench_rows_free)

G_END_DECLS
