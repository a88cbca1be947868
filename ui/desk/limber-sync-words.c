#include "limber-sync-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"

#define CLOCK_WRONG 2 /* minutes */

static gboolean
through_hub (const LimberSyncFacts *facts)
{
  return g_strcmp0 (facts->peer, "hub") == 0;
}

static void
append_pending (GString *text, const LimberSyncFacts *facts)
{
  if (facts->pending > 0)
    g_string_append_printf (text, ngettext (" · %u waiting", " · %u waiting", facts->pending), facts->pending);
}

static char *
offline_words (const LimberSyncFacts *facts, gint64 now)
{
  g_autofree char *since = facts->offline_since > 0 ? limber_time_for_staff_from (facts->offline_since, now) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (since != NULL)
    g_string_append_printf (text, facts->since_before ? _("Working offline since before %s") : _("Working offline since %s"), since);
  else
    g_string_append (text, _("Working offline"));
  if (through_hub (facts))
    g_string_append_printf (text, " · %s", _("hub reachable"));
  append_pending (text, facts);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
refused_words (const LimberSyncFacts *facts, gint64 now)
{
  g_autofree char *since = facts->refused_since > 0 ? limber_time_for_staff_from (facts->refused_since, now) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (since != NULL)
    g_string_append_printf (text, _("Sync refused since %s"), since);
  else
    g_string_append (text, _("Sync was refused"));
  append_pending (text, facts);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * limber_sync_words_short:
 * @now: milliseconds UTC
 *
 * Returns: (transfer full) (nullable): the state in a few words; %NULL when nothing is known
 */
char *
limber_sync_words_short (const LimberSyncFacts *facts, gint64 now)
{
  g_autofree char *last = facts->last_sync > 0 ? limber_time_for_staff_from (facts->last_sync, now) : NULL;

  switch (facts->state) {
  case LIMBER_SYNC_UP_TO_DATE:
    if (facts->pending > 0)
      break;
    if (facts->marked > 0)
      return g_strdup_printf (ngettext ("%u change was not accepted", "%u changes were not accepted", facts->marked), facts->marked);
    return last != NULL ? g_strdup_printf (_("Up to date · %s"), last) : g_strdup (_("Up to date"));
  case LIMBER_SYNC_BUSY:
    if (facts->pending > 0)
      break;
    return g_strdup (_("Fetching changes…"));
  case LIMBER_SYNC_WAITING:
    if (facts->pending > 0)
      break;
    return g_strdup (_("Checking…"));
  case LIMBER_SYNC_OFFLINE:
    return offline_words (facts, now);
  case LIMBER_SYNC_REFUSED:
    return refused_words (facts, now);
  default:
    return NULL;
  }
  return g_strdup_printf (ngettext ("%u change waiting", "%u changes waiting", facts->pending), facts->pending);
}

/* How many records of @kind are meant. @made: new ones, else changed ones. */
static gulong
count_of (const GArray *waiting, const char *kind, gboolean made)
{
  gulong n = 0;

  for (guint i = 0; i < waiting->len; i++) {
    const LimberWaiting *one = &g_array_index (waiting, LimberWaiting, i);

    if (one->made == made && g_str_equal (one->kind, kind))
      n += (gulong) one->n;
  }
  return n;
}

/* @text: (transfer full): about @n of something */
static void
add_words (GPtrArray *words, gulong n, char *text)
{
  if (n > 0)
    g_ptr_array_add (words, text);
  else
    g_free (text);
}

/* What is told by name, or is part of what is: a check-in is an arrival and a step of its appointment. */
static gulong
count_others (const GArray *waiting)
{
  static const char *const named[] = { "arrival", "patient", "appointment", "stage", "call", "task", "answers", NULL };
  gulong n = 0;

  for (guint i = 0; i < waiting->len; i++) {
    const LimberWaiting *one = &g_array_index (waiting, LimberWaiting, i);

    if (!g_strv_contains (named, one->kind))
      n += (gulong) one->n;
  }
  return n;
}

/**
 * limber_sync_words_kinds:
 * @waiting: (nullable) (element-type LimberWaiting): what central lacks
 *
 * Returns: (transfer full) (nullable): that in a receptionist's words: "2 check-ins, 1 new person"; %NULL where there is nothing to name
 */
char *
limber_sync_words_kinds (const GArray *waiting)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  gulong came, people, details, made, moved, answers, tasks, others;

  if (waiting == NULL || waiting->len == 0)
    return NULL;
  came = count_of (waiting, "arrival", TRUE);
  people = count_of (waiting, "patient", TRUE);
  details = count_of (waiting, "patient", FALSE);
  made = count_of (waiting, "appointment", TRUE);
  moved = count_of (waiting, "appointment", FALSE);
  moved = moved > came ? moved - came : 0;
  answers = count_of (waiting, "answers", TRUE);
  tasks = count_of (waiting, "task", TRUE) + count_of (waiting, "task", FALSE);
  others = count_others (waiting);
  add_words (words, came, g_strdup_printf (ngettext ("%lu check-in", "%lu check-ins", came), came));
  add_words (words, people, g_strdup_printf (ngettext ("%lu new person", "%lu new people", people), people));
  add_words (words, details, g_strdup_printf (ngettext ("the details of %lu person", "the details of %lu people", details), details));
  add_words (words, made, g_strdup_printf (ngettext ("%lu new appointment", "%lu new appointments", made), made));
  add_words (words, moved, g_strdup_printf (ngettext ("%lu other change to an appointment", "%lu other changes to appointments", moved), moved));
  add_words (words, answers, g_strdup_printf (ngettext ("%lu set of answers", "%lu sets of answers", answers), answers));
  add_words (words, tasks, g_strdup_printf (ngettext ("%lu task", "%lu tasks", tasks), tasks));
  add_words (words, others, g_strdup_printf (ngettext ("%lu other thing", "%lu other things", others), others));
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  /* Translators: between the parts of a list. */
  return g_strjoinv (_(", "), (char **) words->pdata);
}

static char *
since_words (const LimberSyncFacts *facts, gint64 now)
{
  g_autofree char *time = facts->waiting_since > 0 ? limber_time_for_staff_from (facts->waiting_since, now) : NULL, *kinds = limber_sync_words_kinds (facts->waiting);

  if (kinds == NULL)
    return NULL;
  if (time == NULL)
    return g_strdup (kinds);
  /* Translators: what waits to be sent, and a time, with its day if that is not today. */
  return g_strdup_printf (_("%1$s. The first of it was done at %2$s."), kinds, time);
}

/**
 * limber_sync_words_waiting:
 * @now: milliseconds UTC
 *
 * Returns: (transfer full): what of this computer's has not reached central, and since when
 */
char *
limber_sync_words_waiting (const LimberSyncFacts *facts, gint64 now)
{
  g_autofree char *kinds = facts->pending > 0 ? since_words (facts, now) : NULL, *whole = NULL;

  if (facts->pending == 0)
    return g_strdup (_("Nothing. The central service has everything that was done here."));
  whole = g_strdup_printf (ngettext ("%u change made here has not reached the central service yet. It is saved on this computer.",
                                     "%u changes made here have not reached the central service yet. They are saved on this computer.", facts->pending), facts->pending);
  return kinds != NULL ? g_strdup_printf ("%s\n%s", whole, kinds) : g_steal_pointer (&whole);
}

/**
 * limber_sync_words_as_of:
 * @now: milliseconds UTC
 *
 * Beside what happens at another site stands how old that is: a change made there comes here through central.
 *
 * Returns: (transfer full) (nullable): when it was last known to be so; %NULL where that is now
 */
char *
limber_sync_words_as_of (const LimberSyncFacts *facts, gint64 now)
{
  g_autofree char *time = facts->known > 0 ? limber_time_for_staff_from (facts->known, now) : NULL;

  if (facts->state == LIMBER_SYNC_UNKNOWN || facts->current)
    return NULL;
  return time != NULL ? g_strdup_printf (_("What is said of other sites is as known at %s."), time) : g_strdup (_("What is said of other sites may be old."));
}

/* Which leg is down is said too: what still works depends on it. */
static const char *
reached_words (const LimberSyncFacts *facts)
{
  if (through_hub (facts) && facts->central_reachable)
    return _("The hub of this site, and through it the central service");
  if (through_hub (facts))
    return _("The hub of this site, and not the central service. The hub keeps everything until the line is back, and this site’s kiosk and screens go on together.");
  if (g_strcmp0 (facts->peer, "central") == 0)
    return facts->has_hub ? _("The central service, directly. The hub of this site is not reached.") : _("The central service, directly");
  if (facts->state == LIMBER_SYNC_REFUSED)
    return _("Somebody answers, and refuses this computer. Work goes on here and is kept; none of it is sent until a manager has put that right.");
  if (facts->state == LIMBER_SYNC_BUSY)
    return _("Nobody yet: this computer is trying.");
  return facts->has_hub ? _("Neither the hub of this site nor the central service. Work goes on here, and is sent when the line is back.") : _("Nobody. Work goes on here, and is sent when the line is back.");
}

/**
 * limber_sync_words_reached:
 *
 * Returns: (transfer full): which peers are reached
 */
char *
limber_sync_words_reached (const LimberSyncFacts *facts)
{
  return g_strdup (reached_words (facts));
}

/**
 * limber_sync_words_since:
 *
 * Returns: (transfer full): when everything here was last the same as at central: before the first change that central lacks was made
 */
char *
limber_sync_words_since (const LimberSyncFacts *facts, gint64 now)
{
  gint64 same = facts->current ? MAX (facts->last_sync, facts->known) : facts->known;

  if (facts->pending > 0 && facts->waiting_since > 0)
    same = MIN (same, facts->waiting_since);
  if (facts->last_sync <= 0)
    return g_strdup (_("Never yet"));
  return same > 0 ? limber_time_for_staff_from (same, now) : g_strdup (_("Not known"));
}

/**
 * limber_sync_words_clock:
 *
 * Returns: (transfer full) (nullable): that this computer's clock is wrong, where it is by two minutes or more
 */
char *
limber_sync_words_clock (const LimberSyncFacts *facts)
{
  gint64 minutes = ABS (facts->clock_slow) / 60000;
  gulong n = (gulong) (minutes < 120 ? minutes : minutes < 48 * 60 ? minutes / 60 : minutes / (24 * 60));
  g_autofree char *much = NULL;

  if (minutes < CLOCK_WRONG)
    return NULL;
  if (minutes < 120)
    much = g_strdup_printf (ngettext ("%lu minute", "%lu minutes", n), n);
  else if (minutes < 48 * 60)
    much = g_strdup_printf (ngettext ("%lu hour", "%lu hours", n), n);
  else
    much = g_strdup_printf (ngettext ("%lu day", "%lu days", n), n);
  /* Translators: %s is "5 minutes", "3 hours" or "2 days". */
  return g_strdup_printf (facts->clock_slow > 0 ? _("The clock of this computer is %s slow. The times shown here are right: they go by the central service’s clock. Have the clock set.")
                                                : _("The clock of this computer is %s fast. The times shown here are right: they go by the central service’s clock. Have the clock set."), much);
}

/* Whether the one thing to tell is that own changes were not accepted: a refusal that nobody sees would hide them. */
static gboolean
is_marked (const LimberSyncFacts *facts)
{
  return facts->state == LIMBER_SYNC_UP_TO_DATE && facts->pending == 0 && facts->marked > 0;
}

const char *
limber_sync_words_icon (const LimberSyncFacts *facts)
{
  if (facts->state == LIMBER_SYNC_OFFLINE)
    return "limber-offline-symbolic";
  if (facts->state == LIMBER_SYNC_REFUSED || is_marked (facts))
    return "limber-attention-symbolic";
  if (facts->pending > 0)
    return "limber-unsent-symbolic";
  return facts->state == LIMBER_SYNC_UP_TO_DATE ? "limber-synced-symbolic" : "limber-syncing-symbolic";
}

/**
 * limber_sync_words_class:
 *
 * Returns: the style class of the pill
 */
const char *
limber_sync_words_class (const LimberSyncFacts *facts)
{
  if (facts->state == LIMBER_SYNC_REFUSED || is_marked (facts))
    return "bad";
  if (facts->state == LIMBER_SYNC_OFFLINE || facts->pending > 0)
    return "waiting";
  return facts->state == LIMBER_SYNC_UP_TO_DATE ? "good" : "neutral";
}
