#include "limber-list-card.h"

/**
 * limber_list_card_new:
 * @icon: (transfer none): static
 *
 * Returns: (transfer full): a card that says nothing yet
 */
LimberListCard *
limber_list_card_new (const LimberId *id, const char *icon)
{
  LimberListCard *card = g_new0 (LimberListCard, 1);

  card->id = *id;
  card->icon = icon;
  return card;
}

void
limber_list_card_free (LimberListCard *card)
{
  for (guint i = 0; i < LIMBER_LIST_PARTS; i++) {
    g_free (card->heads[i]);
    g_free (card->parts[i]);
  }
  for (guint i = 0; i < LIMBER_LIST_DEEDS; i++) {
    g_free (card->deeds[i].label);
    g_free (card->deeds[i].action);
    g_free (card->deeds[i].target);
  }
  g_free (card->title);
  g_free (card->text);
  g_free (card->note);
  g_free (card->ask_label);
  g_free (card->ask_text);
  g_free (card->before);
  g_free (card);
}

/**
 * limber_list_card_add_deed:
 * @action: its name with its group, which takes a text
 * @target: (nullable): that text; %NULL for the card's id
 */
void
limber_list_card_add_deed (LimberListCard *card, const char *label, const char *action, const char *target)
{
  for (guint i = 0; i < LIMBER_LIST_DEEDS; i++)
    if (card->deeds[i].label == NULL) {
      card->deeds[i] = (LimberListDeed){ g_strdup (label), g_strdup (action), target != NULL ? g_strdup (target) : limber_id_dup_text (&card->id) };
      return;
    }
}

/**
 * limber_list_card_set_part:
 * @text: (transfer full)
 */
void
limber_list_card_set_part (LimberListCard *card, guint part, const char *head, char *text)
{
  card->heads[part] = g_strdup (head);
  card->parts[part] = text;
}

static gboolean
deeds_equal (const LimberListCard *a, const LimberListCard *b)
{
  for (guint i = 0; i < LIMBER_LIST_DEEDS; i++)
    if (g_strcmp0 (a->deeds[i].label, b->deeds[i].label) != 0 || g_strcmp0 (a->deeds[i].action, b->deeds[i].action) != 0 || g_strcmp0 (a->deeds[i].target, b->deeds[i].target) != 0)
      return FALSE;
  return TRUE;
}

/**
 * limber_list_card_equal:
 *
 * Returns: whether the two say the same, and the same can be done about them
 */
gboolean
limber_list_card_equal (const LimberListCard *a, const LimberListCard *b)
{
  for (guint i = 0; i < LIMBER_LIST_PARTS; i++)
    if (g_strcmp0 (a->heads[i], b->heads[i]) != 0 || g_strcmp0 (a->parts[i], b->parts[i]) != 0)
      return FALSE;
  return limber_id_equal (&a->id, &b->id) && g_strcmp0 (a->icon, b->icon) == 0 && g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->note, b->note) == 0 &&
         g_strcmp0 (a->ask_label, b->ask_label) == 0 && g_strcmp0 (a->ask_text, b->ask_text) == 0 && g_strcmp0 (a->before, b->before) == 0 && a->waits == b->waits && a->now == b->now && deeds_equal (a, b);
}

static void
append (GString *words, const char *text)
{
  if (text != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", text);
}

/**
 * limber_list_card_dup_words:
 *
 * Returns: (transfer full): all that it says, for who hears it
 */
char *
limber_list_card_dup_words (const LimberListCard *card)
{
  g_autoptr (GString) words = g_string_new (NULL);

  append (words, card->title);
  append (words, card->text);
  for (guint i = 0; i < LIMBER_LIST_PARTS; i++) {
    append (words, card->heads[i]);
    append (words, card->parts[i]);
  }
  append (words, card->note);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
