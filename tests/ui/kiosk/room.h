/* The kiosk's window in front of a store for a test: what somebody does at it, and what it says. */
#pragma once

#include "limber-kiosk-window.h"
#include "limber-test.h"
#include "people.h"

G_BEGIN_DECLS

/* It is 09:00. */
typedef struct {
  TestClock          clock;
  LimberEnv         *env;
  char              *dir;
  LimberStore       *store;
  LimberId           site; /* "Alexandra Avenue Clinic" */
  LimberKioskFlow   *flow;
  LimberKioskWindow *window;
  gboolean           left; /* staff have closed the screen */
} Room;

typedef struct {
  const char *path;
  void      (*test) (Room *room, gconstpointer data);
} RoomTest;

typedef gboolean (*RoomMatch) (GtkWidget *widget, gconstpointer what);

void       room_open      (Room *room);
void       room_show      (Room *room);
void       room_tear_down (Room *room, gconstpointer data);
GtkWidget *room_find      (GtkWidget *from, RoomMatch match, gconstpointer what);
gboolean   room_is_type   (GtkWidget *widget, gconstpointer type);
gboolean   room_says      (Room *room, const char *text);
void       room_await     (Room *room, const char *text);
void       room_press     (Room *room, const char *action);
void       room_choose    (Room *room, const char *action, int target);
void       room_pass      (Room *room, guint seconds);
void       room_set_up    (Room *room, gconstpointer data);
void       room_say_who   (Room *room, int day, int month, char initial);
int        room_run       (int argc, char **argv, const RoomTest *tests, guint n);

G_END_DECLS
