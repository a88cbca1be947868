#include "limber-kiosk-advice.h"

#include "limber-asking.h"
#include "limber-kiosk-topic.h"
#include "limber-kiosk-topics.h"

#define NO_TOPIC (-1)

struct _LimberKioskAdvice {
  GObject parent_instance;

  LimberStore         *store; /* (weak) (nullable): where @form was found */
  gboolean             stale; /* something was published there since, or taken back */
  LimberQuestionnaire *form;  /* (owned) (nullable): none: the site offers nothing */
  int                  topic; /* which of its items is open; NO_TOPIC: the list of them */
};

enum {
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberKioskAdvice, limber_kiosk_advice, G_TYPE_OBJECT)

static gboolean
is_topic (LimberKioskAdvice *self, int item)
{
  return self->form != NULL && item >= 0 && item < (int) self->form->items->len && limber_questionnaire_item (self->form, (guint) item)->type == LIMBER_ITEM_GROUP;
}

static void
on_advice (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskAdvice *self = data;

  self->topic = NO_TOPIC;
  if (self->form != NULL)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
on_topic (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskAdvice *self = data;

  if (!is_topic (self, g_variant_get_int32 (target)))
    return;
  self->topic = g_variant_get_int32 (target);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
limber_kiosk_advice_dispose (GObject *object)
{
  LimberKioskAdvice *self = LIMBER_KIOSK_ADVICE (object);

  g_clear_weak_pointer (&self->store);
  g_clear_pointer (&self->form, limber_questionnaire_unref);
  G_OBJECT_CLASS (limber_kiosk_advice_parent_class)->dispose (object);
}

static void
limber_kiosk_advice_class_init (LimberKioskAdviceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_kiosk_advice_dispose;
  signals[SIGNAL_MOVED] = g_signal_new ("moved", LIMBER_TYPE_KIOSK_ADVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_kiosk_advice_init (LimberKioskAdvice *self)
{
  self->topic = NO_TOPIC;
}

/**
 * limber_kiosk_advice_new:
 * @actions: those of the pages, to which its own are added; they go with it
 *
 * Returns: (transfer full): with nothing to read
 */
LimberKioskAdvice *
limber_kiosk_advice_new (GActionMap *actions)
{
  static const GActionEntry entries[] = { { "advice", on_advice }, { "topic", on_topic, "i" } };
  LimberKioskAdvice *advice = g_object_new (LIMBER_TYPE_KIOSK_ADVICE, NULL);

  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), advice);
  return advice;
}

static gboolean
find (LimberReader *reader, gpointer data, GError **error)
{
  LimberQuestionnaire **form = data, *found = limber_asking_advice (reader, *form);

  g_clear_pointer (form, limber_questionnaire_unref);
  *form = found;
  return TRUE;
}

/**
 * limber_kiosk_advice_learn:
 * @store: the kiosk's
 *
 * Finds what is published now, if that may have changed. To be called where none of it is shown.
 */
void
limber_kiosk_advice_learn (LimberKioskAdvice *advice, LimberStore *store)
{
  advice->topic = NO_TOPIC;
  if (!advice->stale && advice->store == store)
    return;
  advice->stale = !limber_store_read (store, find, &advice->form, NULL);
  g_set_weak_pointer (&advice->store, store);
}

/**
 * limber_kiosk_advice_hear:
 * @changes: of the kiosk's store
 * @store: (nullable): the store, where none of the advice is shown; elsewhere it stays as it is until limber_kiosk_advice_learn()
 *
 * Returns: whether there is advice now where there was none, or none any more
 */
gboolean
limber_kiosk_advice_hear (LimberKioskAdvice *advice, const LimberChanges *changes, LimberStore *store)
{
  gboolean was_there = limber_kiosk_advice_is_there (advice);

  advice->stale |= limber_changes_has_kind (changes, "questionnaire") || limber_changes_has_kind (changes, "site");
  if (store != NULL)
    limber_kiosk_advice_learn (advice, store);
  return limber_kiosk_advice_is_there (advice) != was_there;
}

gboolean
limber_kiosk_advice_is_there (LimberKioskAdvice *advice)
{
  return advice->form != NULL;
}

/**
 * limber_kiosk_advice_back:
 *
 * Returns: whether there was a page before: from a topic, the list
 */
gboolean
limber_kiosk_advice_back (LimberKioskAdvice *advice)
{
  gboolean was_open = advice->topic != NO_TOPIC;

  advice->topic = NO_TOPIC;
  return was_open;
}

/**
 * limber_kiosk_advice_leave:
 *
 * Whoever read has gone: nothing says what.
 */
void
limber_kiosk_advice_leave (LimberKioskAdvice *advice)
{
  advice->topic = NO_TOPIC;
}

/**
 * limber_kiosk_advice_make_page:
 *
 * Returns: (transfer floating): the page that is open; only where there is advice
 */
LimberKioskPage *
limber_kiosk_advice_make_page (LimberKioskAdvice *advice)
{
  return advice->topic == NO_TOPIC ? limber_kiosk_topics_new (advice->form) : limber_kiosk_topic_new (advice->form, (guint) advice->topic);
}
