import { startMistakes } from './accuracy/mistakes.ts';
import { startSettling } from './accuracy/settle.ts';
import '../styles/accuracy.css';

startSettling();
startMistakes();
