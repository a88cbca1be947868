#include "limber-list-item.h"

struct _LimberListItem {
  GObject         parent_instance;
  LimberListCard *card;  /* (owned) */
  char           *draft; /* (owned) (nullable): what is being typed */
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberListItem, limber_list_item, G_TYPE_OBJECT)

static void
limber_list_item_finalize (GObject *object)
{
  LimberListItem *self = LIMBER_LIST_ITEM (object);

  limber_list_card_free (self->card);
  g_free (self->draft);
  G_OBJECT_CLASS (limber_list_item_parent_class)->finalize (object);
}

static void
limber_list_item_class_init (LimberListItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_list_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_LIST_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_list_item_init (LimberListItem *self)
{
}

/**
 * limber_list_item_new:
 * @card: (transfer full): what it says
 *
 * Returns: (transfer full): the item
 */
LimberListItem *
limber_list_item_new (LimberListCard *card)
{
  LimberListItem *self = g_object_new (LIMBER_TYPE_LIST_ITEM, NULL);

  self->card = card;
  return self;
}

/**
 * limber_list_item_get_card:
 *
 * Returns: (transfer none): what it says now
 */
const LimberListCard *
limber_list_item_get_card (LimberListItem *item)
{
  return item->card;
}

/**
 * limber_list_item_take_card:
 * @card: (transfer full): what it is to say
 */
void
limber_list_item_take_card (LimberListItem *item, LimberListCard *card)
{
  gboolean same = limber_list_card_equal (item->card, card);

  limber_list_card_free (item->card);
  item->card = card;
  if (!same)
    g_signal_emit (item, signals[CHANGED], 0);
}

/**
 * limber_list_item_get_draft:
 *
 * Returns: (transfer none) (nullable): what is being typed; %NULL where nothing is
 */
const char *
limber_list_item_get_draft (LimberListItem *item)
{
  return item->draft;
}

void
limber_list_item_set_draft (LimberListItem *item, const char *draft)
{
  char *before = item->draft;

  item->draft = g_strdup (draft);
  g_free (before);
}
