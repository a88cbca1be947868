/* What help says, for whoever stands at the desk: what the screen does, in her words, and what to do when it does not. An empty line
 * parts paragraphs. The keys that it names are the program's (tests/source holds that true). */
#include "limber-help-topic.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _LimberHelpTopic {
  GObject     parent_instance;
  const char *id, *title, *text; /* the last two in the reader's language */
  char       *folded;            /* (owned): both, to be searched */
};

enum {
  PROP_0,
  PROP_TITLE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberHelpTopic, limber_help_topic, G_TYPE_OBJECT)

static const struct {
  const char *id, *title, *text;
} topics[] = {
  { "start", N_("Begin here"),
    N_("The list is today: who is expected, who is here, who waits. Whoever needs you stands at the top.\n\n"
       "Type a few letters of a name, a date of birth, an NHS number or a telephone number. The search box always has the keys. Enter does what stands at the right of the marked line: it checks in whoever is expected here today, and opens anybody else. Up and Down move the mark, Esc empties the box.\n\n"
       "Ctrl+Z takes back what you did last, and then what you did before that. Nothing asks whether you are sure, because everything can be taken back.\n\n"
       "There is no button for saving. When the bar at the bottom says that somebody is checked in, it is on this computer’s disk, with or without the internet.\n\n"
       "F10 opens the menu with all pages. Ctrl+? lists all keys. F1 brings you here from anywhere, and Esc or Alt+Left brings you back.") },
  { "check-in", N_("Checking somebody in"),
    N_("Type her name and press Enter. If two people have the same name, the line says so, and Enter opens her page instead: ask for the date of birth, then press Enter again.\n\n"
       "Who came but was not checked in in time stands with a warning. Say when she came, or that she could not be seen.\n\n"
       "When the clinician is ready, Ctrl+N takes her one step on: called, with the clinician, seen. The screen in the waiting room calls her in the way that the site has chosen, or the stricter way that she has.\n\n"
       "Ctrl+I checks in somebody who has no appointment today. Ctrl+M moves an appointment and Ctrl+K cancels it, in the diary; Ctrl+B books one.\n\n"
       "Ctrl+D says that somebody did not come. Like everything else it can be taken back.") },
  { "nobody", N_("Somebody is not found"),
    N_("Try the date of birth, the NHS number or the telephone number instead of the name. A line that says “not quite what was typed” may be she with another spelling: open it and look.\n\n"
       "This computer holds the people of this site. For anybody else press F4 and ask the central service: say why, and give the NHS number, or the family name with the date of birth or the telephone number. Who asks, and why, is written down.\n\n"
       "When there is no line, central cannot be asked. Go on as with somebody new: if she is known already, the two records are found later and a person is asked.") },
  { "reception", N_("Your first hour: reception"),
    N_("1. Choose your name and type your PIN. Nobody else may use it: what is done under your name stands under your name.\n\n"
       "2. Look at the top of the list. What waits there for you came from the kiosk or from central: read it, deal with it, press Done.\n\n"
       "3. Check in the next three people who come: a few letters, Enter. Take one of them back with Ctrl+Z, and check her in again.\n\n"
       "4. Press Ctrl+L. The screen is locked, and nobody sees a name. Type your PIN, and all is as you left it. Do this whenever you turn your back.\n\n"
       "5. Look at the state of sync at the top right. It says how far this computer is in step with others, and never more than it knows.") },
  { "clinician", N_("Your first hour: clinician"),
    N_("1. Choose your name and type your PIN. Choose yourself in the box above the list, and you see your own people.\n\n"
       "2. Whoever is here and waits for you stands at the top, with how long. Ctrl+N calls her in, then says that she is with you, then that she was seen.\n\n"
       "3. When you were ready, and when she came, decide how a visit is coded. The panel suggests it; Ctrl+Y confirms.\n\n"
       "4. While Limber is not in front, the desktop tells you when somebody has come to see you. It says a time and no name, because others may read it.\n\n"
       "5. What people answered at the kiosk stands with the visit. What a record shows depends on your role, and every opening of it is written down.") },
  { "student", N_("Your first hour: student"),
    N_("You sign in as yourself, with your own PIN, never with your educator’s.\n\n"
       "You see the list as clinicians do. What you may do with it is what your role may do; where something is not offered, ask whoever supervises you.\n\n"
       "What you do stands under your name. Ctrl+Z takes it back; what you cannot take back, tell your supervisor at once. Nobody minds a mistake that is told.") },
  { "exercise", N_("Your first hour: exercise professional"),
    N_("Choose yourself in the box above the list: you see who comes to you today, to a class as well.\n\n"
       "Whoever checks in at the kiosk for a class is here on your list too. Who comes without an appointment goes to the desk first.\n\n"
       "You see what you need to keep people safe. Ask a clinician for more; do not look at somebody’s record under another’s name.") },
  { "advisor", N_("Your first hour: joint pain advisor"),
    N_("Choose yourself in the box above the list. Your people are called as those of clinicians are, with Ctrl+N.\n\n"
       "Reviews are at six weeks and at six months. Before somebody leaves, see that the next one is booked at the desk.\n\n"
       "If anything that somebody says worries you, stop and fetch a clinician now.") },
  { "fcp", N_("Your first hour: first contact practitioner"),
    N_("Your clinics may be at several practices. The list shows this site’s; the name at the top left says which it is.\n\n"
       "Ctrl+N takes a person from waiting to seen. Slots are short: who waits long stands out, and the panel says how far behind a list runs.") },
  { "navigator", N_("Your first hour: navigator"),
    N_("You see people of the whole service. Search finds anybody whom this computer holds, and F4 asks central for others.\n\n"
       "A person’s page says where and when she is expected, how she wants to be called, what she needs, and which of her records are shown as one.\n\n"
       "Where something stands about another site, look how old it is: without a line it may have changed there.") },
  { "manager", N_("Your first hour: manager"),
    N_("F8 lists what nobody has closed, today and before. No program closes any of it: somebody must say whether a person came.\n\n"
       "The state of sync at the top right has details: what waits to be sent, and since when. If it says for more than a day that nothing was reached, call whoever looks after the line.\n\n"
       "When somebody leaves the service, see to it the same day that they cannot sign in any more.") },
  { "administrator", N_("Your first hour: administrator"),
    N_("Everything that the screens do, and what they do not, can be done with limberctl: limberctl --help, or man limberctl.\n\n"
       "Every night central makes a copy on another machine. Look once a week that it is there, and once a quarter that it can be restored.\n\n"
       "Encrypt the disks. If a computer is lost, say so at once with limberctl lost: it is shut out, and removes what it holds if it is ever in touch again.\n\n"
       "Nothing here ever deletes a store. If a screen says that a store is damaged, leave its folder as it is.") },
  { "line", N_("When the line is down"),
    N_("Go on as ever. Whoever checks in at the kiosk is on your list at once as long as the hub in the building can be reached, and what you do is kept here.\n\n"
       "The state at the top right says since when this computer works offline, and whether the hub is there. It says so because it is so; it is not a fault of yours.\n\n"
       "What you cannot do is ask central for somebody who is not here, and see what other sites have done since.\n\n"
       "Do not switch the computer off to mend the line. When the line is back, everything is sent by itself, and the state says Up to date.") },
  { "power", N_("When the power may go, and after it went"),
    N_("Print the day’s list every morning: Ctrl+P. It has empty lines for people who come without an appointment. It has no addresses. Keep it face down, and shred it in the evening.\n\n"
       "When the power is gone, write on it: who came, and when; who was seen, and when.\n\n"
       "When it is back, sign in. All that was called saved before is there. Press F7 and type in what was written, with its own times.\n\n"
       "In a fire, do not wait for a printer. F9 shows and prints who is in the building, and who needs help to leave it.") },
  { "evening", N_("At the day’s end"),
    N_("Press F8. It lists the appointments that nobody has closed: Ctrl+T says that somebody came, Ctrl+S that she was seen, Ctrl+D that she did not come.\n\n"
       "Deal with what still needs you at the top of the list, or leave it for the morning: it does not go away.\n\n"
       "Sign out from the menu with your name. Leave the computer on if you can: it goes on syncing.") },
  { "privacy", N_("What others may see"),
    N_("Turn the screen so that nobody at the counter can read it. Lock it with Ctrl+L when you leave it; it locks itself after a while.\n\n"
       "Say names and reasons quietly, or not at all: “your half past ten” is enough.\n\n"
       "Somebody whose address is restricted has no address on this screen, and none is to be asked for aloud.\n\n"
       "Open only the record of somebody whom you deal with. Each opening is written down with your name.") },
  { "twice", N_("Somebody is there twice, or two people changed one thing"),
    N_("When two records look like one person, a task asks you. Compare them: if they are one, say which is shown; if they are two, say so, and nobody is asked again. Nothing is moved, so that it can be taken back.\n\n"
       "When two people change the same thing at once, the later counts and the other is not lost: a person decides which is right.") },
  { "trouble", N_("When something is wrong"),
    N_("A page that says what is wrong also says what was kept and what to do now. Read it to whoever looks after Limber; they need its words.\n\n"
       "“The disk is full” or “does not answer”: stop using this computer, write on paper, use another.\n\n"
       "“This store is already in use”: Limber is open already, perhaps behind another window.\n\n"
       "If the screen does nothing at all for a minute, close it and open it again. What was said to be saved is saved.") },
};

static void
limber_help_topic_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, LIMBER_HELP_TOPIC (object)->title);
}

static void
limber_help_topic_finalize (GObject *object)
{
  g_free (LIMBER_HELP_TOPIC (object)->folded);
  G_OBJECT_CLASS (limber_help_topic_parent_class)->finalize (object);
}

static void
limber_help_topic_class_init (LimberHelpTopicClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = limber_help_topic_get_property;
  object_class->finalize = limber_help_topic_finalize;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
limber_help_topic_init (LimberHelpTopic *self)
{
}

/**
 * limber_help_topics:
 *
 * Returns: (transfer full): every LimberHelpTopic, in the order of reading
 */
GListModel *
limber_help_topics (void)
{
  GListStore *all = g_list_store_new (LIMBER_TYPE_HELP_TOPIC);

  for (guint i = 0; i < G_N_ELEMENTS (topics); i++) {
    g_autoptr (LimberHelpTopic) topic = g_object_new (LIMBER_TYPE_HELP_TOPIC, NULL);
    g_autofree char *both = NULL;

    topic->id = topics[i].id;
    topic->title = _(topics[i].title);
    topic->text = _(topics[i].text);
    both = g_strconcat (topic->title, "\n", topic->text, NULL);
    topic->folded = g_utf8_casefold (both, -1);
    g_list_store_append (all, topic);
  }
  return G_LIST_MODEL (all);
}

const char *
limber_help_topic_get_id (LimberHelpTopic *self)
{
  return self->id;
}

const char *
limber_help_topic_get_text (LimberHelpTopic *self)
{
  return self->text;
}

/**
 * limber_help_topic_fits:
 * @words: what was typed
 *
 * Returns: whether each of the words stands in it
 */
gboolean
limber_help_topic_fits (LimberHelpTopic *self, const char *words)
{
  g_autofree char *folded = g_utf8_casefold (words, -1);
  g_auto (GStrv) each = g_strsplit (folded, " ", -1);

  for (guint i = 0; each[i] != NULL; i++)
    if (strstr (self->folded, each[i]) == NULL)
      return FALSE;
  return TRUE;
}
