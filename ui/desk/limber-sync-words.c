#include "limber-sync-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"

static gboolean
through_hub (const LimberSyncFacts *facts)
{
  return g_strcmp0 (facts->peer, "hub") == 0;
}

static char *
offline_words (const LimberSyncFacts *facts, gint64 now)
{
  g_autofree char *since = facts->offline_since > 0 ? limber_time_for_staff_from (facts->offline_since, now) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (since != NULL)
    g_string_append_printf (text, _("Working offline since %s"), since);
  else
    g_string_append (text, _("Working offline"));
  if (through_hub (facts))
    g_string_append_printf (text, " · %s", _("hub reachable"));
  if (facts->pending > 0)
    g_string_append_printf (text, ngettext (" · %u waiting", " · %u waiting", facts->pending), facts->pending);
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
    return g_strdup (_("Sync was refused"));
  default:
    return NULL;
  }
  return g_strdup_printf (ngettext ("%u change waiting", "%u changes waiting", facts->pending), facts->pending);
}

/**
 * limber_sync_words_waiting:
 *
 * Returns: (transfer full): what of this computer's has not reached central
 */
char *
limber_sync_words_waiting (const LimberSyncFacts *facts)
{
  if (facts->pending == 0)
    return g_strdup (_("Nothing. The central service has everything that was done here."));
  return g_strdup_printf (ngettext ("%u change made here has not reached the central service yet. It is saved on this computer.",
                                    "%u changes made here have not reached the central service yet. They are saved on this computer.", facts->pending), facts->pending);
}

/**
 * limber_sync_words_reached:
 *
 * Returns: (transfer full): which peers are reached
 */
char *
limber_sync_words_reached (const LimberSyncFacts *facts)
{
  if (through_hub (facts) && facts->central_reachable)
    return g_strdup (_("The hub of this site, and through it the central service"));
  if (through_hub (facts))
    return g_strdup (_("The hub of this site. It keeps everything for the central service until the line is back, and this site’s kiosk and screens go on together."));
  if (g_strcmp0 (facts->peer, "central") == 0)
    return g_strdup (_("The central service, directly"));
  return g_strdup (_("Nobody. Work goes on here, and is sent when the line is back."));
}

/**
 * limber_sync_words_since:
 *
 * Returns: (transfer full): when everything here was last the same as elsewhere
 */
char *
limber_sync_words_since (const LimberSyncFacts *facts, gint64 now)
{
  return facts->last_sync > 0 ? limber_time_for_staff_from (facts->last_sync, now) : g_strdup (_("Never yet"));
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
  return facts->state == LIMBER_SYNC_UP_TO_DATE ? "limber-synced-symbolic" : "emblem-synchronizing-symbolic";
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
