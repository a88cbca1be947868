#include "limber-kiosk-flow.h"

#include "limber-exit-code.h"
#include "limber-kiosk-ahead.h"
#include "limber-kiosk-aside.h"
#include "limber-kiosk-exit.h"
#include "limber-kiosk-idle.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-lookup.h"

struct _LimberKioskFlow {
  GObject parent_instance;

  LimberEnv            *env;    /* (owned) */
  LimberStore          *store;  /* (owned) (nullable): none: the screen does not work */
  char                 *reason; /* (owned) (nullable): why there is no store */
  LimberKioskSite       site;
  GSimpleActionGroup   *actions;  /* (owned) */
  LimberKioskPage      *page;     /* (owned) */
  LimberKioskAside      aside;
  LimberKioskAhead      ahead;
  LimberKioskStage      stage;
  LimberKioskStage      before;   /* STILL: where she was */
  LimberKioskStage      under;    /* LANGUAGE: where she was */
  LimberKioskVisit      visit;
  LimberKioskIdle       idle;
  guint                 idle_time, done_time, minimum; /* seconds, seconds, milliseconds */
  gint64                done_at;                       /* microseconds, when the Done page goes */
  gint64                touched_at;                    /* microseconds: when somebody was last there, 0 since the last wipe */
};

G_DEFINE_FINAL_TYPE (LimberKioskFlow, limber_kiosk_flow, G_TYPE_OBJECT)

enum {
  PROP_PAGE = 1,
  N_PROPS
};

enum {
  SIGNAL_WIPED,
  SIGNAL_LEAVE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gint64
now (LimberKioskFlow *flow)
{
  return limber_env_monotonic (flow->env);
}

static void
show (LimberKioskFlow *flow, LimberKioskStage stage)
{
  LimberKioskPage *page;

  limber_kiosk_aside_put (&flow->aside, stage, flow->page);
  flow->stage = stage;
  if (stage == LIMBER_KIOSK_STAGE_BROKEN)
    limber_kiosk_visit_say (&flow->visit, LIMBER_KIOSK_SAYING_BROKEN, flow->reason);
  page = limber_kiosk_ahead_come (&flow->ahead, stage, &flow->site, &flow->visit);
  limber_kiosk_aside_take (&flow->aside, stage, page);
  g_set_object (&flow->page, page);
  g_object_unref (page);
  if (stage == LIMBER_KIOSK_STAGE_DONE)
    flow->done_at = now (flow) + (gint64) limber_kiosk_visit_reading_time (&flow->visit, flow->done_time) * G_USEC_PER_SEC;
  if (stage != LIMBER_KIOSK_STAGE_STILL)
    limber_kiosk_idle_present (&flow->idle, now (flow));
  limber_kiosk_flow_tick (flow);
  g_object_notify_by_pspec (G_OBJECT (flow), properties[PROP_PAGE]);
}

static void
say (LimberKioskFlow *flow, LimberKioskSaying saying, const GError *error)
{
  limber_kiosk_visit_say (&flow->visit, saying, error != NULL ? error->message : NULL);
  show (flow, LIMBER_KIOSK_STAGE_SAYING);
}

static void
learn_site (LimberKioskFlow *flow)
{
  limber_kiosk_site_learn (&flow->site, flow->store);
  limber_kiosk_advice_learn (flow->visit.advice, flow->store);
  limber_kiosk_language_offer (flow->site.languages);
}

static void
wipe (LimberKioskFlow *flow)
{
  limber_kiosk_visit_forget (&flow->visit);
  limber_kiosk_aside_forget (&flow->aside);
  flow->touched_at = 0;
  if (flow->store != NULL)
    learn_site (flow);
  limber_kiosk_language_restore ();
  show (flow, flow->store != NULL ? LIMBER_KIOSK_STAGE_WELCOME : LIMBER_KIOSK_STAGE_BROKEN);
  g_signal_emit (flow, signals[SIGNAL_WIPED], 0);
}

/* Whoever was asked something has been some time: how long it will be is read again. */
static void
show_done (LimberKioskFlow *flow)
{
  if (flow->store != NULL)
    limber_kiosk_visit_renew (&flow->visit, flow->store, NULL);
  show (flow, LIMBER_KIOSK_STAGE_DONE);
}

static void
on_moved (LimberKioskFlow *flow)
{
  if (flow->stage != LIMBER_KIOSK_STAGE_ASKING && !(flow->stage == LIMBER_KIOSK_STAGE_STILL && flow->before == LIMBER_KIOSK_STAGE_ASKING))
    return;
  if (limber_kiosk_asking_is_over (flow->visit.asking))
    show_done (flow);
  else
    show (flow, LIMBER_KIOSK_STAGE_ASKING);
}

/* Advice is read from the first page on, and never in the middle of a visit. */
static void
on_reading (LimberKioskFlow *flow)
{
  if (flow->stage == LIMBER_KIOSK_STAGE_WELCOME || flow->stage == LIMBER_KIOSK_STAGE_ADVICE)
    show (flow, LIMBER_KIOSK_STAGE_ADVICE);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberKioskFlow) flow = data;
  g_autoptr (GError) error = NULL;
  gboolean throttled;
  LimberArriveAnswer *answer = limber_kiosk_lookup_finish (result, &throttled, &error);

  limber_kiosk_visit_take_answer (&flow->visit, answer);
  if (flow->store == NULL)
    wipe (flow);
  else if (throttled)
    say (flow, LIMBER_KIOSK_SAYING_THROTTLED, NULL);
  else if (answer == NULL)
    say (flow, LIMBER_KIOSK_SAYING_UNREAD, error);
  else if (answer->result == LIMBER_ARRIVE_CHECKED_IN)
    show (flow, LIMBER_KIOSK_STAGE_CONFIRM);
  else if (answer->result == LIMBER_ARRIVE_ASK_MORE)
    show (flow, limber_kiosk_visit_asked_for (&flow->visit));
  else
    show (flow, LIMBER_KIOSK_STAGE_ANSWER);
}

static void
on_checked_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberKioskFlow) flow = data;
  g_autoptr (GError) error = NULL;
  gboolean throttled;
  LimberArriveAnswer *answer = limber_kiosk_lookup_finish (result, &throttled, &error);

  limber_kiosk_visit_take_answer (&flow->visit, answer);
  if (answer == NULL)
    say (flow, LIMBER_KIOSK_SAYING_UNSAVED, error);
  else if (answer->result == LIMBER_ARRIVE_CHECKED_IN && flow->store != NULL && limber_kiosk_asking_begin (flow->visit.asking, flow->store, &answer->appointment))
    show (flow, LIMBER_KIOSK_STAGE_ASKING);
  else if (answer->result == LIMBER_ARRIVE_CHECKED_IN)
    show_done (flow);
  else
    show (flow, LIMBER_KIOSK_STAGE_ANSWER);
}

/* Only a look is delayed: what was said yes to is as quick as the disk. */
static void
ask (LimberKioskFlow *flow, LimberKioskLookupAim aim)
{
  gboolean look = aim == LIMBER_KIOSK_LOOKUP_ASK;

  show (flow, LIMBER_KIOSK_STAGE_WAIT);
  limber_kiosk_lookup_async (flow->store, aim, &flow->visit.question, look ? flow->minimum : 0, look ? on_asked : on_checked_in, g_object_ref (flow));
}

static void
on_check_in (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskFlow *flow = data;

  if (flow->store == NULL || flow->stage == LIMBER_KIOSK_STAGE_WAIT)
    return;
  limber_kiosk_visit_forget (&flow->visit);
  show (flow, LIMBER_KIOSK_STAGE_DAY);
}

/* An answer to the question that is shown; one to another is too late. */
static void
on_given (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskFlow *flow = data;
  LimberKioskStage next = limber_kiosk_visit_take (&flow->visit, flow->stage, g_action_get_name (G_ACTION (action)), target);

  if (next == LIMBER_KIOSK_STAGE_WAIT)
    ask (flow, LIMBER_KIOSK_LOOKUP_ASK);
  else if (next != flow->stage)
    show (flow, next);
}

static void
on_yes (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskFlow *flow = data;

  if (flow->stage == LIMBER_KIOSK_STAGE_CONFIRM)
    ask (flow, LIMBER_KIOSK_LOOKUP_CHECK_IN);
}

/* Somebody is not who was found, or would rather have a person. */
static void
on_person (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskFlow *flow = data;
  gboolean no = g_str_equal (g_action_get_name (G_ACTION (action)), "no");

  if (flow->stage == LIMBER_KIOSK_STAGE_WAIT || (no && flow->stage != LIMBER_KIOSK_STAGE_CONFIRM))
    return;
  limber_kiosk_visit_forget (&flow->visit);
  say (flow, no ? LIMBER_KIOSK_SAYING_NOT_YOU : LIMBER_KIOSK_SAYING_PERSON, NULL);
}

static void
on_finish (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskFlow *flow = data;

  if (flow->stage != LIMBER_KIOSK_STAGE_WAIT)
    wipe (flow);
}

static void
on_languages (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskFlow *flow = data;

  if (flow->stage == LIMBER_KIOSK_STAGE_WAIT || flow->stage == LIMBER_KIOSK_STAGE_LANGUAGE)
    return;
  /* Who asks for her language is still there. */
  if (flow->stage != LIMBER_KIOSK_STAGE_STILL || flow->before != LIMBER_KIOSK_STAGE_LANGUAGE)
    flow->under = flow->stage == LIMBER_KIOSK_STAGE_STILL ? flow->before : flow->stage;
  show (flow, LIMBER_KIOSK_STAGE_LANGUAGE);
}

static void
on_language (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskFlow *flow = data;

  if (flow->stage != LIMBER_KIOSK_STAGE_LANGUAGE && flow->stage != LIMBER_KIOSK_STAGE_WELCOME)
    return;
  limber_kiosk_language_set (g_variant_get_string (target, NULL));
  show (flow, flow->stage == LIMBER_KIOSK_STAGE_LANGUAGE ? flow->under : flow->stage);
}

static void
on_still_here (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskFlow *flow = data;

  if (flow->stage == LIMBER_KIOSK_STAGE_STILL)
    show (flow, flow->before);
}

static void
on_back (GSimpleAction *action, GVariant *target, gpointer data)
{
  limber_kiosk_flow_back (data);
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberKioskFlow) flow = data;
  LimberExit tried = limber_exit_code_try_finish (LIMBER_STORE (source), result);

  if (tried == LIMBER_EXIT_OPEN)
    g_signal_emit (flow, signals[SIGNAL_LEAVE], 0);
  else if (flow->stage == LIMBER_KIOSK_STAGE_EXIT)
    limber_kiosk_exit_refuse (flow->page, tried == LIMBER_EXIT_RESTING);
}

static void
on_leave (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskFlow *flow = data;

  if (flow->stage == LIMBER_KIOSK_STAGE_EXIT && flow->store != NULL)
    limber_exit_code_try_async (flow->store, g_variant_get_string (target, NULL), on_left, g_object_ref (flow));
}

static const GActionEntry entries[] = {
  { "check-in", on_check_in }, { "day", on_given, "i" }, { "month", on_given, "i" },   { "letter", on_given, "i" },
  { "year", on_given, "i" },   { "yes", on_yes },        { "no", on_person },          { "person", on_person },
  { "finish", on_finish },     { "back", on_back },      { "leave", on_leave, "s" },   { "still-here", on_still_here },
  { "languages", on_languages }, { "language", on_language, "s" }, { "by-postcode", on_given }, { "postcode", on_given, "s" },
};

static void
limber_kiosk_flow_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LimberKioskFlow *flow = LIMBER_KIOSK_FLOW (object);

  if (id == PROP_PAGE)
    g_value_set_object (value, flow->page);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_kiosk_flow_finalize (GObject *object)
{
  LimberKioskFlow *flow = LIMBER_KIOSK_FLOW (object);

  g_clear_object (&flow->visit.asking); /* what was answered is on the disk */
  g_clear_object (&flow->visit.advice);
  limber_kiosk_visit_forget (&flow->visit);
  g_clear_object (&flow->page);
  limber_kiosk_aside_forget (&flow->aside);
  limber_kiosk_ahead_forget (&flow->ahead);
  g_clear_object (&flow->actions);
  g_clear_object (&flow->store);
  g_free (flow->reason);
  limber_kiosk_site_clear (&flow->site);
  limber_env_unref (flow->env);
  G_OBJECT_CLASS (limber_kiosk_flow_parent_class)->finalize (object);
}

static void
limber_kiosk_flow_class_init (LimberKioskFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = limber_kiosk_flow_get_property;
  object_class->finalize = limber_kiosk_flow_finalize;
  properties[PROP_PAGE] = g_param_spec_object ("page", NULL, NULL, LIMBER_TYPE_KIOSK_PAGE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_WIPED] = g_signal_new ("wiped", LIMBER_TYPE_KIOSK_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEAVE] = g_signal_new ("leave", LIMBER_TYPE_KIOSK_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_kiosk_flow_init (LimberKioskFlow *flow)
{
  flow->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (flow->actions), entries, G_N_ELEMENTS (entries), flow);
  flow->visit.asking = limber_kiosk_asking_new ();
  limber_kiosk_asking_add_actions (flow->visit.asking, G_ACTION_MAP (flow->actions));
  g_signal_connect_object (flow->visit.asking, "moved", G_CALLBACK (on_moved), flow, G_CONNECT_SWAPPED);
  flow->visit.advice = limber_kiosk_advice_new (G_ACTION_MAP (flow->actions));
  g_signal_connect_object (flow->visit.advice, "moved", G_CALLBACK (on_reading), flow, G_CONNECT_SWAPPED);
}

/* The site's record comes with the first lists, perhaps after the screen. Who reads how long it will be is told when that changes. */
static void
on_changed (LimberKioskFlow *flow, LimberChanges *changes)
{
  limber_kiosk_visit_renew (&flow->visit, flow->store, flow->page);
  if (limber_kiosk_advice_hear (flow->visit.advice, changes, flow->stage == LIMBER_KIOSK_STAGE_WELCOME ? flow->store : NULL))
    show (flow, flow->stage);
  if (flow->site.name != NULL)
    return;
  learn_site (flow);
  if (flow->site.name != NULL && flow->stage == LIMBER_KIOSK_STAGE_WELCOME)
    wipe (flow);
}

/**
 * limber_kiosk_flow_new:
 * @env: whose clock counts
 *
 * Begins with the page that says that the screen does not work, until there is a store.
 *
 * Returns: (transfer full): the flow
 */
LimberKioskFlow *
limber_kiosk_flow_new (LimberEnv *env)
{
  LimberKioskFlow *flow = g_object_new (LIMBER_TYPE_KIOSK_FLOW, NULL);

  flow->env = limber_env_ref (env);
  limber_kiosk_flow_set_times (flow, 30, 12, 400);
  limber_kiosk_language_offer (NULL);
  limber_kiosk_language_restore ();
  show (flow, LIMBER_KIOSK_STAGE_BROKEN);
  return flow;
}

/**
 * limber_kiosk_flow_set_times:
 * @idle: seconds without a touch before "Are you still there?"
 * @done: seconds that the Done page stays, and half as long again for each thing more that it says
 * @minimum: milliseconds before the list's answer is shown, whatever it is
 */
void
limber_kiosk_flow_set_times (LimberKioskFlow *flow, guint idle, guint done, guint minimum)
{
  flow->idle_time = idle;
  flow->done_time = done;
  flow->minimum = minimum;
  limber_kiosk_idle_init (&flow->idle, idle, LIMBER_KIOSK_IDLE_LEAST_WARNING, now (flow));
}

/**
 * limber_kiosk_flow_set_store:
 * @store: (nullable): the kiosk's store, %NULL when there is none that works
 * @reason: (nullable): why there is none, for staff
 *
 * Begins to work with a store, or says that the screen does not work.
 */
void
limber_kiosk_flow_set_store (LimberKioskFlow *flow, LimberStore *store, const char *reason)
{
  if (flow->store != NULL)
    g_signal_handlers_disconnect_by_data (flow->store, flow);
  g_set_object (&flow->store, store);
  g_free (flow->reason);
  flow->reason = g_strdup (reason);
  if (store != NULL)
    g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), flow, G_CONNECT_SWAPPED);
  /* What is being recorded is told first, and the answer leads on. */
  if (flow->stage != LIMBER_KIOSK_STAGE_WAIT)
    wipe (flow);
}

/**
 * limber_kiosk_flow_actions:
 *
 * Returns: (transfer none): the actions of the pages, for the prefix "kiosk"
 */
GActionGroup *
limber_kiosk_flow_actions (LimberKioskFlow *flow)
{
  return G_ACTION_GROUP (flow->actions);
}

LimberKioskPage *
limber_kiosk_flow_get_page (LimberKioskFlow *flow)
{
  return flow->page;
}

/**
 * limber_kiosk_flow_look_ahead:
 *
 * Makes the page that most likely comes next, while nothing else is to be done.
 *
 * Returns: (transfer none) (nullable): that page
 */
LimberKioskPage *
limber_kiosk_flow_look_ahead (LimberKioskFlow *flow)
{
  return limber_kiosk_ahead_look (&flow->ahead, flow->stage, &flow->site, &flow->visit);
}

gboolean
limber_kiosk_flow_may_speak (LimberKioskFlow *flow)
{
  return !flow->site.silent;
}

/**
 * limber_kiosk_flow_get_site:
 *
 * Returns: (nullable): the name of the site, %NULL until it is known
 */
const char *
limber_kiosk_flow_get_site (LimberKioskFlow *flow)
{
  return flow->site.name;
}

/**
 * limber_kiosk_flow_back:
 *
 * One page back; from a page that ends something, to the beginning.
 */
void
limber_kiosk_flow_back (LimberKioskFlow *flow)
{
  switch (flow->stage) {
  case LIMBER_KIOSK_STAGE_WAIT:
  case LIMBER_KIOSK_STAGE_WELCOME:
  case LIMBER_KIOSK_STAGE_BROKEN:
    break;
  case LIMBER_KIOSK_STAGE_STILL:
    show (flow, flow->before);
    break;
  case LIMBER_KIOSK_STAGE_LANGUAGE:
    show (flow, flow->under);
    break;
  case LIMBER_KIOSK_STAGE_ASKING:
    limber_kiosk_asking_back (flow->visit.asking);
    break;
  default:
    flow->stage = limber_kiosk_visit_back (&flow->visit, flow->stage);
    if (flow->stage == LIMBER_KIOSK_STAGE_WELCOME)
      wipe (flow);
    else
      show (flow, flow->stage);
  }
}

/**
 * limber_kiosk_flow_scan:
 * @code: (nullable): a letter's code, %NULL for a scan of something else
 *
 * A letter was scanned: whoever was here before has gone, or scans her own letter after all.
 */
void
limber_kiosk_flow_scan (LimberKioskFlow *flow, const char *code)
{
  if (flow->store == NULL || flow->stage == LIMBER_KIOSK_STAGE_WAIT || flow->stage == LIMBER_KIOSK_STAGE_EXIT)
    return;
  limber_kiosk_visit_forget (&flow->visit);
  if (code == NULL) {
    say (flow, LIMBER_KIOSK_SAYING_FOREIGN, NULL);
    return;
  }
  flow->visit.question.code = g_strdup (code);
  ask (flow, LIMBER_KIOSK_LOOKUP_ASK);
}

/**
 * limber_kiosk_flow_touch:
 *
 * Somebody touched the screen or a key.
 */
void
limber_kiosk_flow_touch (LimberKioskFlow *flow)
{
  flow->touched_at = now (flow);
  limber_kiosk_idle_touch (&flow->idle, flow->touched_at);
  flow->done_at = MAX (flow->done_at, flow->touched_at + 5 * G_USEC_PER_SEC); /* who reads the last page, or has it read aloud, has time */
}

/**
 * limber_kiosk_flow_tick:
 *
 * Looks at the clock; called every second.
 */
void
limber_kiosk_flow_tick (LimberKioskFlow *flow)
{
  gint64 time = now (flow);
  LimberKioskIdleState state;

  if (flow->stage == LIMBER_KIOSK_STAGE_WELCOME || flow->stage == LIMBER_KIOSK_STAGE_BROKEN) {
    /* Somebody chose a language or a size of text here, and went: the next one finds the page as it was. */
    if (flow->touched_at != 0 && time - flow->touched_at >= (flow->idle_time + LIMBER_KIOSK_IDLE_LEAST_WARNING) * G_USEC_PER_SEC)
      wipe (flow);
    return;
  }
  if (flow->stage == LIMBER_KIOSK_STAGE_WAIT)
    return;
  if (flow->stage == LIMBER_KIOSK_STAGE_DONE) {
    if (time >= flow->done_at)
      wipe (flow);
    else
      limber_kiosk_page_tick (flow->page, (guint) ((flow->done_at - time + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
    return;
  }
  state = limber_kiosk_idle_check (&flow->idle, time);
  if (state == LIMBER_KIOSK_IDLE_OVER) {
    wipe (flow);
  } else if (state == LIMBER_KIOSK_IDLE_WARN && flow->stage != LIMBER_KIOSK_STAGE_STILL) {
    flow->before = flow->stage;
    show (flow, LIMBER_KIOSK_STAGE_STILL);
  } else if (state == LIMBER_KIOSK_IDLE_WARN) {
    limber_kiosk_page_tick (flow->page, limber_kiosk_idle_left (&flow->idle, time));
  }
}

/**
 * limber_kiosk_flow_ask_to_exit:
 *
 * Staff held the hidden corner.
 */
void
limber_kiosk_flow_ask_to_exit (LimberKioskFlow *flow)
{
  if (flow->stage == LIMBER_KIOSK_STAGE_WAIT)
    return;
  limber_kiosk_visit_forget (&flow->visit);
  if (flow->store != NULL)
    learn_site (flow);
  show (flow, LIMBER_KIOSK_STAGE_EXIT);
}
