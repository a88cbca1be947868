/* Screens: how the kiosks and waiting-room screens of this site are, and what somebody can do about one. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-lists-read.h"
#include "limber-screen-health.h"

static char *
counts_words (const LimberScreenCounts *counts)
{
  gint64 tries = counts->matched + counts->failed + counts->sent;

  if (tries == 0)
    return g_strdup (_("Nobody has tried it"));
  /* Translators: three numbers, and the second of them as a share in per cent. */
  return g_strdup_printf (_("%1$ld checked in, %2$ld matched nobody (%4$ld%%), %3$ld sent to the desk"), (long) counts->matched, (long) counts->failed, (long) counts->sent,
                          (long) ((100 * counts->failed + tries / 2) / tries));
}

static char *
kind_words (const LimberScreen *screen)
{
  if (screen->klass == LIMBER_CLASS_KIOSK)
    /* Translators: the name of a kiosk. */
    return g_strdup_printf (_("%s (kiosk)"), screen->name);
  if (screen->klass == LIMBER_CLASS_BOARD)
    return g_strdup_printf (_("%s (waiting-room screen)"), screen->name);
  return g_strdup (screen->name);
}

static LimberListCard *
make_card (const LimberScreen *screen, gint64 as_of)
{
  gboolean needs = limber_screen_needs_any (screen, as_of);
  LimberListCard *card = limber_list_card_new (&screen->device, needs ? "limber-attention-symbolic" : "limber-kiosk-symbolic");
  g_autoptr (GString) advice = g_string_new (NULL);

  card->title = kind_words (screen);
  card->text = limber_screen_seen (screen, as_of);
  if (screen->klass == LIMBER_CLASS_KIOSK) {
    limber_list_card_set_part (card, 0, _("Today"), counts_words (&screen->today));
    limber_list_card_set_part (card, 1, _("Seven days"), counts_words (&screen->week));
  }
  for (LimberScreenNeed need = 0; need < LIMBER_SCREEN_NEEDS; need++)
    if (limber_screen_needs (screen, need, as_of)) {
      g_autofree char *words = limber_screen_advice (screen, need, as_of);

      g_string_append_printf (advice, "%s%s", advice->len > 0 ? "\n" : "", words);
    }
  card->note = advice->len > 0 ? g_strdup (advice->str) : NULL;
  card->waits = needs;
  return card;
}

static int
by_need (gconstpointer a, gconstpointer b)
{
  const LimberListCard *one = *(LimberListCard *const *) a, *other = *(LimberListCard *const *) b;

  return one->waits != other->waits ? (one->waits ? -1 : 1) : g_utf8_collate (one->title, other->title);
}

/**
 * limber_lists_read_screens:
 * @member: who looks at them
 *
 * Returns: (transfer full) (nullable) (element-type LimberListCard): the public screens of this site, and those of its other devices that
 *   somebody should see to; those first
 */
GPtrArray *
limber_lists_read_screens (LimberReader *reader, const LimberId *member, GError **error)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_list_card_free), screens = limber_screens_read (reader, error);
  g_autofree char *own_text = limber_reader_meta (reader, "device");
  gint64 as_of = limber_screens_as_of (reader);
  LimberId own = { { 0 } };

  limber_id_parse (&own, own_text);
  for (guint i = 0; screens != NULL && i < screens->len; i++) {
    const LimberScreen *screen = g_ptr_array_index (screens, i);

    if (!limber_id_equal (&screen->device, &own) && (limber_screen_is_public (screen) || limber_screen_needs_any (screen, as_of)))
      g_ptr_array_add (cards, make_card (screen, as_of));
  }
  g_ptr_array_sort (cards, by_need);
  return screens != NULL ? g_steal_pointer (&cards) : NULL;
}
