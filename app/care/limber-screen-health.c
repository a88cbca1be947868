#include "limber-screen-health.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define SILENT_MS (5 * MINUTE)  /* a screen that lost its line for a moment is back by then */
#define UNSENT_MS (15 * MINUTE)
#define CLOCK_MS (2 * MINUTE)   /* as for the health of a hub */
#define TRIES_LEAST 10          /* of fewer nothing can be said */

/**
 * limber_screen_is_public:
 *
 * Returns: whether it is a kiosk or a waiting room's screen, which is to be on while the site is open
 */
gboolean
limber_screen_is_public (const LimberScreen *screen)
{
  return (screen->klass & LIMBER_CLASS_PUBLIC) != 0;
}

static gint64
tries_of (const LimberScreenCounts *counts)
{
  return counts->matched + counts->failed + counts->sent;
}

/* Of what another node met, this one does not know when that was last; nobody is sent to a screen for that. */
static gboolean
is_silent (const LimberScreen *screen, gint64 as_of)
{
  if (!limber_screen_is_public (screen) || screen->here || (screen->seen != 0 && !screen->met_here))
    return FALSE;
  return as_of - screen->seen >= SILENT_MS;
}

/**
 * limber_screen_needs:
 * @as_of: when what is known of it was last known to be so (limber_screens_as_of())
 *
 * Returns: whether somebody should see to it for that reason
 */
gboolean
limber_screen_needs (const LimberScreen *screen, LimberScreenNeed need, gint64 as_of)
{
  const LimberReport *report = &screen->report;

  switch (need) {
  case LIMBER_SCREEN_SILENT:
    return is_silent (screen, as_of);
  case LIMBER_SCREEN_UNSENT:
    return report->unsent > 0 && report->oldest != LIMBER_REPORT_UNKNOWN && as_of - report->oldest >= UNSENT_MS;
  case LIMBER_SCREEN_GUESSING:
    return screen->today.paused > 0;
  case LIMBER_SCREEN_NO_MATCH:
    return tries_of (&screen->today) >= TRIES_LEAST && 3 * screen->today.failed > tries_of (&screen->today);
  case LIMBER_SCREEN_CLOCK:
    return report->offset != LIMBER_REPORT_UNKNOWN && ABS (report->offset) >= CLOCK_MS;
  case LIMBER_SCREEN_DISK:
    return report->free_bytes != LIMBER_REPORT_UNKNOWN && report->free_bytes < LIMBER_VITALS_ROOM;
  default:
    return FALSE;
  }
}

gboolean
limber_screen_needs_any (const LimberScreen *screen, gint64 as_of)
{
  for (LimberScreenNeed need = 0; need < LIMBER_SCREEN_NEEDS; need++)
    if (limber_screen_needs (screen, need, as_of))
      return TRUE;
  return FALSE;
}

/**
 * limber_screen_need_name:
 *
 * Returns: (transfer none): a word for scripts
 */
const char *
limber_screen_need_name (LimberScreenNeed need)
{
  static const char *const names[] = { "silent", "unsent", "guessing", "no-match", "clock", "disk" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == LIMBER_SCREEN_NEEDS);
  return names[need];
}

static char *
clock_words (const LimberScreen *screen)
{
  gulong minutes = (gulong) (ABS (screen->report.offset) / MINUTE);

  if (screen->report.offset < 0)
    /* Translators: the name of a screen, and how many minutes. */
    return g_strdup_printf (ngettext ("The clock of “%1$s” is %2$lu minute fast. Nothing done there is lost. Ask whoever looks after the computers to put it right.",
                                      "The clock of “%1$s” is %2$lu minutes fast. Nothing done there is lost. Ask whoever looks after the computers to put it right.", minutes), screen->name, minutes);
  return g_strdup_printf (ngettext ("The clock of “%1$s” is %2$lu minute slow. Nothing done there is lost. Ask whoever looks after the computers to put it right.",
                                    "The clock of “%1$s” is %2$lu minutes slow. Nothing done there is lost. Ask whoever looks after the computers to put it right.", minutes), screen->name, minutes);
}

static char *
unsent_words (const LimberScreen *screen, gint64 as_of)
{
  gulong n = (gulong) screen->report.unsent;
  g_autofree char *since = limber_time_for_staff_from (screen->report.oldest, as_of);

  /* Translators: the name of a device, a number, and a time, with its day if that is not today. */
  return g_strdup_printf (ngettext ("“%1$s” holds %2$lu change since %3$s that nobody else has yet. Leave it on, where it has a network.",
                                    "“%1$s” holds %2$lu changes since %3$s that nobody else has yet. Leave it on, where it has a network.", n), screen->name, n, since);
}

static char *
silent_words (const LimberScreen *screen, gint64 as_of)
{
  g_autofree char *since = screen->seen != 0 ? limber_time_for_staff_from (screen->seen, as_of) : NULL;

  if (since == NULL)
    return g_strdup_printf (_("“%s” has never been in touch: is it switched on, and does it have a network?"), screen->name);
  /* Translators: the name of a screen, and a time, with its day if that is not today. */
  return g_strdup_printf (_("“%1$s” has not been seen since %2$s: is it switched on?"), screen->name, since);
}

/**
 * limber_screen_advice:
 * @need: one that it has
 *
 * Returns: (transfer full): what is the matter, and what can be done
 */
char *
limber_screen_advice (const LimberScreen *screen, LimberScreenNeed need, gint64 as_of)
{
  switch (need) {
  case LIMBER_SCREEN_SILENT:
    return silent_words (screen, as_of);
  case LIMBER_SCREEN_UNSENT:
    return unsent_words (screen, as_of);
  case LIMBER_SCREEN_GUESSING:
    return g_strdup_printf (ngettext ("“%1$s” made somebody wait %2$lu time today who went on trying. See whether people need help there.",
                                      "“%1$s” made somebody wait %2$lu times today who went on trying. See whether people need help there.", (gulong) screen->today.paused),
                            screen->name, (gulong) screen->today.paused);
  case LIMBER_SCREEN_NO_MATCH:
    /* Translators: how many of how many, and the name of a screen. */
    return g_strdup_printf (_("%1$ld of %2$ld tries at “%3$s” matched nobody today. See whether people need help there, and whether today’s list is complete."), (long) screen->today.failed,
                            (long) tries_of (&screen->today), screen->name);
  case LIMBER_SCREEN_CLOCK:
    return clock_words (screen);
  default:
    return g_strdup_printf (_("“%s” has little room left on its disk. Tell whoever looks after the computers."), screen->name);
  }
}

/**
 * limber_screen_seen:
 *
 * Returns: (transfer full): when it was last in touch, and with whom
 */
char *
limber_screen_seen (const LimberScreen *screen, gint64 as_of)
{
  g_autofree char *since = screen->seen != 0 ? limber_time_for_staff_from (screen->seen, as_of) : NULL;

  if (screen->here)
    return g_strdup (_("In touch now"));
  if (since == NULL)
    return g_strdup (_("Never in touch yet"));
  if (screen->by == NULL)
    return g_strdup_printf (_("Last seen %s"), since);
  /* Translators: a time, with its day if that is not today, and the name of a machine. */
  return g_strdup_printf (_("Last seen %1$s, by “%2$s”"), since, screen->by);
}

static json_t *
time_json (gint64 ms)
{
  g_autofree char *text = ms > 0 ? limber_time_to_iso (ms) : NULL;

  return text != NULL ? json_string (text) : json_null ();
}

static json_t *
figure_json (gint64 figure)
{
  return figure != LIMBER_REPORT_UNKNOWN ? json_integer (figure) : json_null ();
}

static json_t *
counts_json (const LimberScreenCounts *counts)
{
  return json_pack ("{s:I, s:I, s:I, s:I}", "matched", (json_int_t) counts->matched, "failed", (json_int_t) counts->failed, "sent", (json_int_t) counts->sent, "paused", (json_int_t) counts->paused);
}

/**
 * limber_screen_to_json:
 *
 * Returns: (transfer full): all of it; `needs` says why somebody should see to it, and what to do, as {why: sentence}
 */
json_t *
limber_screen_to_json (const LimberScreen *screen, gint64 as_of)
{
  g_autofree char *device = limber_id_dup_text (&screen->device);
  json_t *needs = json_object ();

  for (LimberScreenNeed need = 0; need < LIMBER_SCREEN_NEEDS; need++)
    if (limber_screen_needs (screen, need, as_of)) {
      g_autofree char *advice = limber_screen_advice (screen, need, as_of);

      json_object_set_new (needs, limber_screen_need_name (need), json_string (advice));
    }
  return json_pack ("{s:s, s:s, s:s, s:b, s:o, s:s?, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "device", device, "name", screen->name, "class", limber_class_name (screen->klass), "here", screen->here,
                    "last_seen", time_json (screen->seen), "seen_by", screen->by, "unsent", figure_json (screen->report.unsent), "unsent_since", time_json (screen->report.unsent > 0 ? screen->report.oldest : 0),
                    "free_bytes", figure_json (screen->report.free_bytes), "clock_offset_ms", figure_json (screen->report.offset), "today", counts_json (&screen->today), "week", counts_json (&screen->week),
                    "needs", needs);
}
