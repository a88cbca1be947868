/* The turnout of a public screen: how often it did what on a day, counted by itself, so that its desk sees whether people get on with
 * it. Numbers only: whoever tried is in none of them. A screen writes them down when a quarter of an hour has passed since it did so last, and
 * never while somebody waits for its answer: how long that takes would tell something. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TURNOUT_TRY "check-in" /* what a try at a public screen is counted as (limber-attempts.h) */
#define LIMBER_TURNOUT_PAUSE "pause"  /* and that it made somebody wait who went on guessing */
#define LIMBER_TURNOUT_LOOK 300 /* seconds between two looks whether that is due */
#define LIMBER_TURNOUT_MS (15 * 60 * G_GINT64_CONSTANT (1000))

gboolean limber_turnout_is_due   (LimberReader *reader);
gboolean limber_turnout_write    (LimberTransaction *transaction, GError **error);
void     limber_turnout_when_due (LimberStore *store);

G_END_DECLS
