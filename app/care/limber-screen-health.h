/* Whether somebody should see to a device of the site, and what she can do: in the words of whoever sits at the desk. */
#pragma once

#include "limber-screens.h"

G_BEGIN_DECLS

/**
 * LimberScreenNeed:
 * @LIMBER_SCREEN_SILENT: a public screen that nobody has met for a while
 * @LIMBER_SCREEN_UNSENT: it has held for a while what nobody else has
 * @LIMBER_SCREEN_GUESSING: it made somebody wait today who went on guessing
 * @LIMBER_SCREEN_NO_MATCH: many tries at it matched nobody today
 * @LIMBER_SCREEN_CLOCK: its clock is wrong
 * @LIMBER_SCREEN_DISK: it has little room
 *
 * The first that matters most.
 */
typedef enum {
  LIMBER_SCREEN_SILENT,
  LIMBER_SCREEN_UNSENT,
  LIMBER_SCREEN_GUESSING,
  LIMBER_SCREEN_NO_MATCH,
  LIMBER_SCREEN_CLOCK,
  LIMBER_SCREEN_DISK,
  LIMBER_SCREEN_NEEDS,
} LimberScreenNeed;

gboolean    limber_screen_is_public (const LimberScreen *screen);
gboolean    limber_screen_needs     (const LimberScreen *screen, LimberScreenNeed need, gint64 as_of);
gboolean    limber_screen_needs_any (const LimberScreen *screen, gint64 as_of);
const char *limber_screen_need_name (LimberScreenNeed need);
char       *limber_screen_advice    (const LimberScreen *screen, LimberScreenNeed need, gint64 as_of);
char       *limber_screen_seen      (const LimberScreen *screen, gint64 as_of);
json_t     *limber_screen_to_json   (const LimberScreen *screen, gint64 as_of);

G_END_DECLS
