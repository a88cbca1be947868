/* SimLoop: the simulator's time. Nothing happens between two events: when the main context has nothing left to do, the
 * time jumps to the next one. All that is random comes from streams made of the run's seed, each for one purpose, so that
 * leaving out an event does not change what the others draw. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIM_SECOND G_GINT64_CONSTANT (1000000)
#define SIM_MINUTE (60 * SIM_SECOND)
#define SIM_HOUR (60 * SIM_MINUTE)
#define SIM_DAY (24 * SIM_HOUR)

typedef struct {
  guint64 state;
} SimRandom;

void     sim_random_init   (SimRandom *random, guint64 seed, const char *purpose, guint64 number);
guint64  sim_random_next   (SimRandom *random);
guint    sim_random_below  (SimRandom *random, guint n);
gint64   sim_random_range  (SimRandom *random, gint64 from, gint64 to);
gint64   sim_random_log    (SimRandom *random, gint64 from, gint64 to);
gboolean sim_random_chance (SimRandom *random, double chance);

typedef struct _SimLoop SimLoop;
typedef void (*SimLoopFunc) (gpointer data);

SimLoop *sim_loop_new    (gint64 now, gboolean trace);
void     sim_loop_free   (SimLoop *loop);
gint64   sim_loop_now    (SimLoop *loop);
GSource *sim_loop_timer  (SimLoop *loop, gint64 microseconds);
void     sim_loop_timer_set_before (GSource *source, SimLoopFunc before, gpointer data);
void     sim_loop_after  (SimLoop *loop, gint64 microseconds, GSourceFunc func, gpointer data, GDestroyNotify destroy);
void     sim_loop_run    (SimLoop *loop, gint64 microseconds);
void     sim_loop_settle (SimLoop *loop);
gboolean sim_loop_is_stuck (SimLoop *loop);
void     sim_loop_go_on  (SimLoop *loop);
void     sim_loop_note   (SimLoop *loop, const char *format, ...) G_GNUC_PRINTF (2, 3);
guint64  sim_loop_print  (SimLoop *loop);

G_END_DECLS
