/* `done` holds what can be taken back, the last that was asked for first: what is still being done is among it, so that a fast hand takes back
 * what she just did, and not what she did before. Of what is done there is at most one deed about a thing. */
#include "limber-deeds.h"

#include <glib/gi18n-lib.h>

/* One thing done, or being done. */
typedef struct {
  LimberDeeds *deeds;  /* (owned) (nullable): while it is being done */
  LimberAct    act;
  LimberId     id;     /* of the appointment, task or record */
  char        *name;   /* (owned): of whom it is about */
  char        *before; /* (owned) (nullable): what the way back puts there again */
  LimberSetUp *set_up; /* (owned) (nullable) */
  gboolean     undone; /* its way back was asked for: as soon as it is done, or it is under way */
  LimberBooking *place; /* (owned) (nullable): where it was, of what was moved */
  LimberRecord  *held;  /* (owned) (nullable): what it is about, as it was before */
} Deed;

#define LONGEST_WAIT 250 /* milliseconds */

/* What is to be said of a deed. */
typedef struct {
  gboolean undoable;
  char    *words; /* (owned) */
} News;

struct _LimberDeeds {
  GObject            parent_instance;
  LimberDay         *day;    /* (owned) */
  GQueue             news;   /* News (owned): until the day's list shows what was done */
  guint              later;  /* 0 unless something is to be said, list or no list */
  LimberStore       *store;  /* (owned) */
  LimberStaffMember *member; /* (owned) */
  GQueue             done;   /* Deed (owned) */
};

enum {
  CHANGED,
  DONE,
  FAILED,
  ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberDeeds, limber_deeds, G_TYPE_OBJECT)

static void
deed_free (Deed *deed)
{
  g_clear_object (&deed->deeds);
  g_free (deed->name);
  g_free (deed->before);
  g_clear_pointer (&deed->place, limber_act_booking_free);
  g_clear_pointer (&deed->held, limber_record_free);
  g_clear_pointer (&deed->set_up, limber_set_up_unref);
  g_free (deed);
}

/* What is said of each; %s is a person's name. Of what is not here, that a task is open again. */
static const char *const sayings[] = {
  [LIMBER_ACT_CHECK_IN] = N_("%s checked in"),
  [LIMBER_ACT_CALL] = N_("%s called"),
  [LIMBER_ACT_WITH_CLINICIAN] = N_("%s went in"),
  [LIMBER_ACT_SEEN] = N_("%s was seen"),
  [LIMBER_ACT_DID_NOT_ATTEND] = N_("%s did not come"),
  [LIMBER_ACT_COULD_NOT_BE_SEEN] = N_("%s could not be seen"),
  [LIMBER_ACT_CANCEL] = N_("Cancelled: %s"),
  [LIMBER_ACT_ATTENDANCE] = N_("Attendance of %s confirmed"),
  [LIMBER_ACT_UNDO] = N_("Taken back for %s"),
  [LIMBER_ACT_NO_ATTENDANCE] = N_("Taken back for %s"),
  [LIMBER_ACT_SET_BACK] = N_("Taken back: %s"), /* what was said when it was done, as "Room 1 is closed" */
  [LIMBER_ACT_TASK_DONE] = N_("Task done"),
  [LIMBER_ACT_TWO_PEOPLE] = N_("Two people. Nobody is asked about them again."),
  [LIMBER_ACT_MERGE] = N_("The two records are shown as one person: %s"),
  [LIMBER_ACT_MERGE_ANYWAY] = N_("The two records are shown as one person: %s"),
  [LIMBER_ACT_UNMERGE] = N_("The two records are two people again"),
  [LIMBER_ACT_MERGE_BACK] = N_("The two records are shown as one person again"),
  [LIMBER_ACT_CALL_BY_BACK] = N_("This person is called as before"),
  [LIMBER_ACT_CALL_BY] = N_("Saved: how to call this person"),
  [LIMBER_ACT_BOOK] = N_("Booked: %s"),
  [LIMBER_ACT_WALK_IN] = N_("%s checked in, without an appointment"),
  [LIMBER_ACT_MOVE] = N_("Moved: %s"),
  [LIMBER_ACT_TAKE_BACK] = N_("Taken back for %s"),
  [LIMBER_ACT_MOVE_BACK] = N_("Taken back for %s"),
  [LIMBER_ACT_REGISTER] = N_("%s is registered"),
  [LIMBER_ACT_REGISTER_BACK] = N_("%s is not registered. The record says so, and no search finds it."),
  [LIMBER_ACT_EDIT] = N_("Details of %s saved"),
  [LIMBER_ACT_EDIT_BACK] = N_("Details of %s are as they were"),
  [LIMBER_ACT_REFER] = N_("Referral of %s taken down"),
  [LIMBER_ACT_WITHDRAW] = N_("Referral of %s taken back"),
  [LIMBER_ACT_TASK_TAKE] = N_("You are on it. The others see that."),
  [LIMBER_ACT_TASK_TAKE_OVER] = N_("You are on it. The others see that."),
  [LIMBER_ACT_TASK_LET_GO] = N_("Nobody is on it now"),
  [LIMBER_ACT_TASK_NOTE] = N_("Note saved"),
  [LIMBER_ACT_TASK_NOTE_BACK] = N_("The note is as it was"),
  [LIMBER_ACT_KEEP] = N_("Decided: what stood there stays"),
  [LIMBER_ACT_USE_OTHER] = N_("Decided, and changed"),
  [LIMBER_ACT_ANSWER] = N_("Decided, and changed"),
  [LIMBER_ACT_ANSWER_AGAIN] = N_("Decided, and changed"),
  [LIMBER_ACT_ANSWER_BACK] = N_("It says again what it said before. Decide anew under Decided, if it was not right."),
  [LIMBER_ACT_APPROVE] = N_("It is used, in your name"),
  [LIMBER_ACT_DECLINE] = N_("It is left out"),
  [LIMBER_ACT_ASIDE_BACK] = N_("Nothing is decided. It waits here again as soon as the central service has heard."),
  [LIMBER_ACT_GLASS_BREAK] = N_("The glass is broken. A manager will look at it."),
  [LIMBER_ACT_GLASS_MEND] = N_("You see no more than before. That the glass was broken stays written down, and a manager looks at it."),
  [LIMBER_ACT_GLASS_END] = N_("The glass is no longer broken"),
  [LIMBER_ACT_GLASS_AGAIN] = N_("The glass is broken again, for as long as it was"),
  [LIMBER_ACT_GLASS_LOOK] = N_("It is written down that you have looked at it."),
  [LIMBER_ACT_GLASS_LOOK_BACK] = N_("It stands there as before. What you had written stays in the journal."),
};

static char *
words_of (const Deed *deed)
{
  const char *said = deed->act < G_N_ELEMENTS (sayings) ? sayings[deed->act] : NULL;

  if (deed->act == LIMBER_ACT_SET_UP)
    return g_strdup (limber_set_up_words (deed->set_up));
  return said != NULL ? g_strdup_printf (_(said), deed->act == LIMBER_ACT_SET_BACK ? limber_set_up_words (deed->set_up) : deed->name) : g_strdup (_("The task is open again"));
}

/* What takes an act back; itself where nothing does: those that take something back themselves. Of all others on a visit it is LIMBER_ACT_UNDO. */
static LimberAct
way_back (LimberAct act)
{
  static const LimberAct none[] = {
    LIMBER_ACT_UNDO,          LIMBER_ACT_NO_ATTENDANCE, LIMBER_ACT_TASK_OPEN,  LIMBER_ACT_MERGE_BACK, LIMBER_ACT_CALL_BY_BACK, LIMBER_ACT_ASIDE_BACK,
    LIMBER_ACT_GLASS_MEND,    LIMBER_ACT_GLASS_AGAIN,   LIMBER_ACT_GLASS_LOOK_BACK, LIMBER_ACT_TAKE_BACK, LIMBER_ACT_MOVE_BACK, LIMBER_ACT_REGISTER_BACK,
    LIMBER_ACT_EDIT_BACK,     LIMBER_ACT_WITHDRAW,      LIMBER_ACT_TASK_NOTE_BACK, LIMBER_ACT_ANSWER_BACK, LIMBER_ACT_SET_BACK,
  };
  static const struct { LimberAct act, back; } ways[] = {
    { LIMBER_ACT_SET_UP, LIMBER_ACT_SET_BACK },           { LIMBER_ACT_UNMERGE, LIMBER_ACT_MERGE_BACK },       { LIMBER_ACT_MERGE, LIMBER_ACT_UNMERGE },
    { LIMBER_ACT_MERGE_ANYWAY, LIMBER_ACT_UNMERGE },      { LIMBER_ACT_CALL_BY, LIMBER_ACT_CALL_BY_BACK },     { LIMBER_ACT_APPROVE, LIMBER_ACT_ASIDE_BACK },
    { LIMBER_ACT_DECLINE, LIMBER_ACT_ASIDE_BACK },        { LIMBER_ACT_GLASS_BREAK, LIMBER_ACT_GLASS_MEND },   { LIMBER_ACT_GLASS_END, LIMBER_ACT_GLASS_AGAIN },
    { LIMBER_ACT_GLASS_LOOK, LIMBER_ACT_GLASS_LOOK_BACK }, { LIMBER_ACT_BOOK, LIMBER_ACT_TAKE_BACK },          { LIMBER_ACT_WALK_IN, LIMBER_ACT_TAKE_BACK },
    { LIMBER_ACT_REGISTER, LIMBER_ACT_REGISTER_BACK },    { LIMBER_ACT_MOVE, LIMBER_ACT_MOVE_BACK },            { LIMBER_ACT_EDIT, LIMBER_ACT_EDIT_BACK },           { LIMBER_ACT_REFER, LIMBER_ACT_WITHDRAW },
    { LIMBER_ACT_TASK_TAKE, LIMBER_ACT_TASK_LET_GO },     { LIMBER_ACT_TASK_TAKE_OVER, LIMBER_ACT_TASK_LET_GO }, { LIMBER_ACT_TASK_LET_GO, LIMBER_ACT_TASK_TAKE },
    { LIMBER_ACT_TASK_NOTE, LIMBER_ACT_TASK_NOTE_BACK },  { LIMBER_ACT_KEEP, LIMBER_ACT_ANSWER_BACK },         { LIMBER_ACT_USE_OTHER, LIMBER_ACT_ANSWER_BACK },
    { LIMBER_ACT_ANSWER, LIMBER_ACT_ANSWER_BACK },        { LIMBER_ACT_ANSWER_AGAIN, LIMBER_ACT_ANSWER_BACK }, { LIMBER_ACT_ATTENDANCE, LIMBER_ACT_NO_ATTENDANCE },
    { LIMBER_ACT_TASK_DONE, LIMBER_ACT_TASK_OPEN },       { LIMBER_ACT_TWO_PEOPLE, LIMBER_ACT_TASK_OPEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    if (none[i] == act)
      return act;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (ways[i].act == act)
      return ways[i].back;
  return LIMBER_ACT_UNDO;
}

static void
forget (LimberDeeds *self, GList *link)
{
  deed_free (link->data);
  g_queue_delete_link (&self->done, link);
}

/* What @deed made of its thing stands now, and what was done about it before cannot be taken back any more. */
static void
succeed (LimberDeeds *self, const Deed *deed)
{
  for (GList *link = self->done.head, *next; link != NULL; link = next) {
    const Deed *other = link->data;

    next = link->next;
    if (other != deed && other->deeds == NULL && limber_id_equal (&other->id, &deed->id))
      forget (self, link);
  }
}

/* What @deed should have taken back is there still. */
static void
leave (LimberDeeds *self, const Deed *deed)
{
  for (GList *link = self->done.head; link != NULL; link = link->next) {
    Deed *other = link->data;

    if (other->deeds == NULL && other->undone && limber_id_equal (&other->id, &deed->id))
      other->undone = FALSE;
  }
}

static void start (LimberDeeds *self, const LimberActing *acting, const char *name, gboolean back);

static void
take_back (LimberDeeds *self, const Deed *deed)
{
  start (self, &(LimberActing){ .act = way_back (deed->act), .id = deed->id, .code = deed->before, .booking = deed->place, .set_up = deed->set_up, .held = deed->held }, deed->name, TRUE);
}

static void
news_free (News *news)
{
  g_free (news->words);
  g_free (news);
}

static gboolean
tell_all (gpointer data)
{
  g_autoptr (LimberDeeds) self = g_object_ref (data); /* whoever hears of it may end the work */
  News *news;

  self->later = 0;
  while ((news = g_queue_pop_tail (&self->news)) != NULL) {
    g_signal_emit (self, signals[DONE], 0, news->undoable, news->words);
    news_free (news);
  }
  return G_SOURCE_REMOVE;
}

/* Says what was done once the list shows it: the two are drawn together, which is sooner than one after the other. A list to which more comes
 * all the time is not waited for. */
static void
tell_news (LimberDeeds *self)
{
  if (!limber_day_is_reading (self->day)) {
    g_clear_handle_id (&self->later, g_source_remove);
    tell_all (self);
  } else if (self->later == 0)
    self->later = g_timeout_add (LONGEST_WAIT, tell_all, self);
}

static void
carried_out (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;
  g_autoptr (LimberDeeds) self = g_steal_pointer (&deed->deeds);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = words_of (deed);
  GList *link = g_queue_find (&self->done, deed);
  gboolean done = limber_act_finish (LIMBER_STORE (source), result, &error), undoable = link != NULL;
  LimberId id = deed->id;
  int act = (int) deed->act;

  if (done) {
    deed->place = limber_act_steal_before (result);
    g_clear_pointer (&deed->held, limber_record_free);
    deed->held = limber_act_steal_held (result);
  }
  if (done)
    succeed (self, deed);
  else if (!undoable)
    leave (self, deed);
  if (done && undoable && deed->undone)
    take_back (self, deed);
  if (!undoable)
    deed_free (deed);
  else if (!done)
    forget (self, link);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[ENDED], 0, act, &id, done);
  if (done) {
    News *news = g_new0 (News, 1);

    *news = (News){ undoable, g_steal_pointer (&words) };
    g_queue_push_head (&self->news, news);
    tell_news (self);
  } else
    g_signal_emit (self, signals[FAILED], 0, &id, error->message);
}

/* (nullable): the last deed of which nobody has asked the way back yet. */
static Deed *
next_to_undo (LimberDeeds *self)
{
  for (GList *link = self->done.head; link != NULL; link = link->next)
    if (!((Deed *) link->data)->undone)
      return link->data;
  return NULL;
}

static void
limber_deeds_finalize (GObject *object)
{
  LimberDeeds *self = LIMBER_DEEDS (object);

  g_queue_clear_full (&self->done, (GDestroyNotify) deed_free);
  g_queue_clear_full (&self->news, (GDestroyNotify) news_free);
  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->day);
  g_clear_object (&self->member);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_deeds_parent_class)->finalize (object);
}

static void
limber_deeds_class_init (LimberDeedsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_deeds_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_DEEDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", LIMBER_TYPE_DEEDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
  signals[ENDED] = g_signal_new ("ended", LIMBER_TYPE_DEEDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", LIMBER_TYPE_DEEDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
}

static void
limber_deeds_init (LimberDeeds *self)
{
  g_queue_init (&self->done);
  g_queue_init (&self->news);
}

/**
 * limber_deeds_new:
 * @member: who does it all
 * @day: whose list shows what is done before it is said
 *
 * Returns: (transfer full): the deeds, none yet
 */
LimberDeeds *
limber_deeds_new (LimberStore *store, LimberStaffMember *member, LimberDay *day)
{
  LimberDeeds *self = g_object_new (LIMBER_TYPE_DEEDS, NULL);

  self->store = g_object_ref (store);
  self->member = g_object_ref (member);
  self->day = g_object_ref (day);
  g_signal_connect_object (day, "settled", G_CALLBACK (tell_news), self, G_CONNECT_SWAPPED);
  return self;
}

/* @back: it takes a deed back: whoever undoes once more means what she did before that */
static void
start (LimberDeeds *self, const LimberActing *acting, const char *name, gboolean back)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->deeds = g_object_ref (self);
  deed->act = acting->act;
  deed->id = acting->id;
  deed->name = g_strdup (name);
  deed->before = g_strdup (acting->before);
  if (acting->set_up != NULL)
    deed->set_up = limber_set_up_ref (acting->set_up);
  if (!back && way_back (deed->act) != deed->act)
    g_queue_push_head (&self->done, deed);
  limber_act_run (self->store, acting, self->member, carried_out, deed);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * limber_deeds_say:
 * @name: of whom it is about, as one says it
 *
 * As limber_deeds_do(), of what has more to it.
 */
void
limber_deeds_say (LimberDeeds *self, const LimberActing *acting, const char *name)
{
  start (self, acting, name, FALSE);
}

/**
 * limber_deeds_do:
 * @id: the appointment's, the task's, or the record's
 * @name: of whom it is about, as one says it
 *
 * Does something; a signal tells when it is done, or why not.
 */
void
limber_deeds_do (LimberDeeds *self, LimberAct act, const LimberId *id, const char *name)
{
  limber_deeds_say (self, &(LimberActing){ .act = act, .id = *id }, name);
}

/**
 * limber_deeds_merge:
 * @keep: the record that is shown for both from then on
 * @other: the one that is the same person
 * @anyway: whether she has made sure, though something speaks against it
 * @name: of the one that is kept, as one says it
 */
void
limber_deeds_merge (LimberDeeds *self, const LimberId *keep, const LimberId *other, gboolean anyway, const char *name)
{
  limber_deeds_say (self, &(LimberActing){ .act = anyway ? LIMBER_ACT_MERGE_ANYWAY : LIMBER_ACT_MERGE, .id = *other, .into = keep }, name);
}

/**
 * limber_deeds_undo:
 *
 * Takes back the last deed that was not taken back yet; one that is still being done, as soon as it is done. What was refused is not taken back.
 */
void
limber_deeds_undo (LimberDeeds *self)
{
  Deed *last = next_to_undo (self);

  if (last == NULL)
    return;
  last->undone = TRUE;
  if (last->deeds == NULL)
    take_back (self, last);
  else
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * limber_deeds_can_undo:
 *
 * Returns: whether something was done, or is being done, of which nobody has asked the way back yet
 */
gboolean
limber_deeds_can_undo (LimberDeeds *self)
{
  return next_to_undo (self) != NULL;
}
